package dev.anvil.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.MetricKind;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.monitor.EffectHistory;
import dev.anvil.monitor.EffectPeriod;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.ModelFitter;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.target.Smoothed;
import dev.anvil.segment.Subject;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Four years of which each is fitted by itself; 91 posts a year. */
class ChangingEffectsTest {
  private static final int POSTS = 364;
  private static final int PER_YEAR = 91;
  private static final double RED = .4;
  private static final ModelFitter.Request REQUEST =
      new ModelFitter.Request(
          "likes",
          MetricKind.COUNT,
          Optional.empty(),
          List.of(),
          Ridge.of(100),
          new RefitDesign.Plan(1, 5, 30, 9));

  private static ChangingEffects effects(IntToDoubleFunction red, long seed) {
    ColourCampaign campaign = new ColourCampaign(POSTS, red, seed, .3);
    SplittableRandom random = Seeds.random(seed, "hashes");
    ModelFitter.Data data =
        new ModelFitter.Data(
            campaign.posts,
            campaign.embeddings,
            List.of(new Block("whole", campaign.embeddings[0].length)),
            campaign.posts.stream().mapToLong(p -> random.nextLong()).toArray(),
            "pack",
            "encoder",
            Subject.of("car"),
            Optional.empty());
    try (FittedModel model = campaign.model()) {
      return ChangingEffects.of(
          new StudyOnPosts(
              PreparedStudy.of(campaign.pictures(model, List.of())), data, Smoothed.none()),
          REQUEST,
          EffectPeriod.of(campaign.posts.stream().map(p -> p.time().orElseThrow()).toList()),
          RunContext.NONE);
    }
  }

  /** Campaigns in which any effect is called changed. */
  private static int called(IntToDoubleFunction red, int campaigns) {
    int changed = 0;
    for (int seed = 0; seed < campaigns; seed++) {
      changed += effects(red, seed).effects().stream().anyMatch(EffectHistory::changed) ? 1 : 0;
    }
    return changed;
  }

  @Test
  void effectsThatStayAreSeldomCalledChanged() {
    assertThat(called(i -> RED, 40)).isLessThanOrEqualTo(2);
  }

  @Test
  void anEffectThatGoesIsCalledChanged() {
    assertThat(called(i -> i < 2 * PER_YEAR ? 2 * RED : 0, 10)).isGreaterThan(8);
  }

  @Test
  void eachYearIsEstimatedByItsOwnPosts() {
    ChangingEffects found = effects(i -> i < 2 * PER_YEAR ? 2 * RED : 0, 3);

    assertThat(found.periods()).extracting(EffectPeriod::name).contains("2021", "2024");
    assertThat(found.effects()).hasSize(2);
    EffectHistory red = found.effects().get(0);
    assertThat(red.level()).isEqualTo("red");
    assertThat(red.points()).allMatch(EffectHistory.Point::corrected);
    assertThat(red.points().get(0).effect().point()).isEqualTo(2 * RED, within(.25));
    assertThat(red.points().get(3).effect().point()).isEqualTo(0, within(.2));
  }
}
