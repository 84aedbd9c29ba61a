package dev.anvil.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.predict.FittedModel;
import dev.anvil.stats.HierarchicalBootstrap;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.ScoreTable;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.effect.Verdict;
import dev.anvil.study.label.KnownLabels;
import dev.anvil.tags.TagColumn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole studies on simulated campaigns of which the truth is known. */
class TruthTest {
  private static final int POSTS = 240;
  private static final double RED = .3;

  private static ColourCampaign campaign(long seed, double noise) {
    return new ColourCampaign(POSTS, i -> RED, seed, noise);
  }

  /** Effects of red and green, corrected. */
  private static List<Effect> effects(ColourCampaign campaign, List<String> reasons) {
    FittedModel model = campaign.model();
    return new PreparedStudy(
            campaign.pictures(model, reasons),
            Map.of(),
            KnownLabels.NONE,
            EstimationSettings.of(ColourCampaign.SPEC))
        .score(model, campaign.posts, RunContext.NONE)
        .correct(
            campaign.embeddings,
            List.of(new TagColumn("colour", campaign.colours)),
            RunContext.NONE)
        .effects();
  }

  @Test
  void correctedIntervalsHoldTheTruthAndNothingIsSeldomClaimed() {
    int worlds = 120;
    int covered = 0;
    int claimed = 0;
    int found = 0;
    double sum = 0;
    for (int world = 0; world < worlds; world++) {
      List<Effect> effects = effects(campaign(world, .3), List.of());
      Effect red = effects.get(0);
      Effect green = effects.get(1);
      covered += red.relative().contains(RED) ? 1 : 0;
      covered += green.relative().contains(0) ? 1 : 0;
      claimed += green.p() < .05 ? 1 : 0;
      found += red.verdict() == Verdict.HELPS ? 1 : 0;
      sum += red.relative().point();
    }
    // three standard errors of 240 and 120 draws either way
    assertThat(covered / (2.0 * worlds)).isBetween(.905, .99);
    assertThat(claimed / (double) worlds).isLessThan(.11);
    assertThat(found / (double) worlds).isGreaterThan(.9);
    assertThat(sum / worlds).isBetween(.9 * RED, 1.1 * RED);
  }

  @Test
  void aStudyWhoseVariantsAllFailedIsInvalid() {
    List<Effect> effects = effects(campaign(1, .3), List.of("nothing changed"));
    assertThat(effects)
        .hasSize(2)
        .allSatisfy(
            e -> {
              assertThat(e.verdict()).isEqualTo(Verdict.INVALID);
              assertThat(e.sources()).isZero();
              assertThat(e.relative().low()).isEqualTo(Double.NEGATIVE_INFINITY);
            });
  }

  @Test
  void aChangeOnTheMetricIsTheRatioOfMeanPredictionsNotTheMeanOfRatios() {
    ColourCampaign campaign = campaign(2, .3);
    FittedModel model = campaign.model();
    StudyPictures pictures = campaign.pictures(model, List.of());
    ScoreTable scores = pictures.score(model.refits(), model.transform());
    double[][][] red = shares(pictures, model, scores, 0);
    double[][][] blue = shares(pictures, model, scores, 2);
    double[][][] ratios = new double[red.length][1][red[0][0].length];
    for (int i = 0; i < red.length; i++) {
      for (int r = 0; r < red[i][0].length; r++) {
        ratios[i][0][r] = red[i][0][r] / blue[i][0][r] - 1;
      }
    }

    double found = HierarchicalBootstrap.mean(pictures.contrasts(scores).get(0).relative());

    assertThat(found)
        .isCloseTo(
            HierarchicalBootstrap.mean(red) / HierarchicalBootstrap.mean(blue) - 1, within(1e-12))
        .isNotCloseTo(HierarchicalBootstrap.mean(ratios), within(1e-6));
  }

  private static double[][][] shares(
      StudyPictures pictures, FittedModel model, ScoreTable scores, int level) {
    double[][][] shares = scores.levels(ColourCampaign.SPEC.factors().get(0)).get(level).target();
    for (int i = 0; i < shares.length; i++) {
      for (int r = 0; r < shares[i][0].length; r++) {
        double score = shares[i][0][r];
        shares[i][0][r] =
            Double.isNaN(score)
                ? score
                : model.transform().share(pictures.sources().get(i).post().time(), score);
      }
    }
    return shares;
  }

  @Test
  void aConstantMetricIsRefused() {
    ColourCampaign campaign = campaign(1, -1);
    assertThatThrownBy(campaign::model)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found the same target in all");
  }
}
