package dev.anvil.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.edit.NullEdit;
import dev.anvil.image.Mask;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.SmallModel;
import dev.anvil.stats.HierarchicalBootstrap;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.Source;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.ScoreTable;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.effect.Verdict;
import dev.anvil.study.label.KnownLabels;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.study.variant.VariantStudio;
import dev.anvil.tags.TagColumn;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whole studies on simulated campaigns of which the truth is known: red gains, green does nothing,
 * both against blue. The encoder sees colours, but weakly, so that ridge shrinks them.
 */
class TruthTest {
  private static final List<String> LEVELS = List.of("red", "green", "blue");
  private static final int POSTS = 240;
  private static final int SOURCES = 12;
  private static final int NOISE = 6;
  private static final double RED = .3;

  private static final StudySpec SPEC =
      StudyFile.parse(
          """
          anvil: study/1
          seed: 4
          factors:
            colour:
              element: car
              editor: recolor
              reference: blue
              levels: {red: {colour: "#b01020"}, green: {colour: "#10a030"}, blue: {colour: "#1030a0"}}
          """,
          "study.yaml");

  private static final class Campaign {
    final List<Post> posts = new ArrayList<>();
    final List<String> colours = new ArrayList<>();
    final float[][] embeddings = new float[POSTS][LEVELS.size() + NOISE];

    Campaign(long seed, double noise) {
      SplittableRandom random = Seeds.random(seed, "truth");
      for (int i = 0; i < POSTS; i++) {
        int colour = random.nextInt(LEVELS.size());
        colours.add(LEVELS.get(colour));
        for (int k = 0; k < NOISE; k++) {
          embeddings[i][LEVELS.size() + k] = (float) random.nextGaussian();
        }
        paint(embeddings[i], colour);
        double likes =
            noise < 0
                ? 500
                : 500 * (colour == 0 ? 1 + RED : 1) * Math.exp(noise * random.nextGaussian());
        posts.add(
            new Post(
                "p" + i,
                "c" + i,
                Path.of("p.png"),
                LocalDateTime.of(2021, 1, 1, 12, 0).plusDays(4L * i),
                Map.of("likes", likes),
                Map.of()));
      }
    }

    FittedModel model() {
      return SmallModel.fit(posts, embeddings, 300, 20, Optional.empty());
    }

    /** Effects of red and green, corrected. */
    List<Effect> effects(List<String> reasons) {
      FittedModel model = model();
      return new PreparedStudy(
              pictures(model, reasons), Map.of(), KnownLabels.NONE, EstimationSettings.of(SPEC))
          .score(model, posts, RunContext.NONE)
          .correct(embeddings, List.of(new TagColumn("colour", colours)), RunContext.NONE)
          .effects();
    }

    private StudyPictures pictures(FittedModel model, List<String> reasons) {
      Factor factor = SPEC.factors().get(0);
      List<Source> sources = new ArrayList<>();
      List<Cell> cells = new ArrayList<>();
      List<float[]> edited = new ArrayList<>();
      for (int i = 0; i < SOURCES; i++) {
        Source source =
            new Source(
                posts.get(i),
                model.description().groups().get("p" + i),
                Mask.full(1, 1),
                Optional.empty());
        sources.add(source);
        for (int level = 0; level < LEVELS.size(); level++) {
          float[] variant = embeddings[i].clone();
          paint(variant, level);
          edited.add(variant);
          cells.add(
              new Cell(
                  i,
                  source,
                  factor,
                  LEVELS.get(level),
                  0,
                  1,
                  new NullEdit(),
                  level + "-" + i,
                  Optional.empty()));
        }
      }
      float[][] before = List.of(embeddings).subList(0, SOURCES).toArray(float[][]::new);
      float[][] after = edited.toArray(float[][]::new);
      return new StudyPictures(
          SPEC,
          sources,
          cells,
          cells.stream().map(c -> new VariantStudio.Check(reasons, .1, 0, 0)).toList(),
          before,
          after,
          model.features(before, sources.stream().map(Source::post).toList()),
          model.features(after, cells.stream().map(c -> c.from().post()).toList()));
    }
  }

  private static void paint(float[] embedding, int colour) {
    for (int k = 0; k < LEVELS.size(); k++) {
      embedding[k] = k == colour ? 1 : 0;
    }
  }

  @Test
  void correctedIntervalsHoldTheTruthAndNothingIsSeldomClaimed() {
    int worlds = 120;
    int covered = 0;
    int claimed = 0;
    int found = 0;
    double sum = 0;
    for (int world = 0; world < worlds; world++) {
      List<Effect> effects = new Campaign(world, .3).effects(List.of());
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
    List<Effect> effects = new Campaign(1, .3).effects(List.of("nothing changed"));
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
    Campaign campaign = new Campaign(2, .3);
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
    double[][][] shares = scores.levels(SPEC.factors().get(0)).get(level).target();
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
    Campaign campaign = new Campaign(1, -1);
    assertThatThrownBy(campaign::model)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found the same target in all");
  }
}
