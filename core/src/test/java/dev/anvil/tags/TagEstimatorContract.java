package dev.anvil.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.RunContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every reader of effects off tags must do. */
abstract class TagEstimatorContract {
  private static final TagContrast RED = TagContrast.of("colour", "red", "blue");
  private static final int WORLDS = 200;

  abstract TagEstimator estimator();

  @Test
  void intervalsCoverTheTrueEffectInAConfoundedWorld() {
    covers(400, 1, .3);
  }

  /** About nine red posts of 300. */
  @Test
  void intervalsOfARareLevelCoverTooOrAreRefused() {
    covers(300, .12, .3);
  }

  private void covers(int posts, double rare, double truth) {
    int answered = 0;
    int covered = 0;
    double sum = 0;
    for (int world = 0; world < WORLDS; world++) {
      TaggedPosts drawn = ConfoundedWorld.draw(posts, truth, rare, world);
      Optional<TagEffect.Estimate> found = only(drawn, RED).estimate();
      if (found.isPresent()) {
        answered++;
        covered += found.get().target().contains(truth) ? 1 : 0;
        sum += found.get().target().point();
      }
    }
    if (answered > WORLDS / 10) {
      double share = covered / (double) answered;
      double error = Math.sqrt(.95 * .05 / answered);
      assertThat(share).isBetween(.95 - 3 * error, 1.0);
      assertThat(sum / answered).isCloseTo(truth, within(.05 + .3 / Math.sqrt(answered)));
    }
  }

  @Test
  void aLevelWithoutEffectIsRejectedAsSeldomAsPromised() {
    int rejected = 0;
    for (int world = 0; world < WORLDS; world++) {
      TaggedPosts drawn = ConfoundedWorld.draw(400, 0, 1, 1000 + world);
      rejected += only(drawn, RED).estimate().orElseThrow().p() < .05 ? 1 : 0;
    }
    assertThat(rejected / (double) WORLDS).isLessThan(.05 + 3 * .0155);
  }

  @Test
  void equalInputsGiveEqualEffects() {
    TaggedPosts posts = ConfoundedWorld.draw(200, .5, 1, 3);
    List<TagContrast> contrasts =
        TagContrast.againstAverage("colour", List.of("blue", "grey", "red", "white"));
    assertThat(estimator().estimate(posts, contrasts, RunContext.NONE))
        .isEqualTo(estimator().estimate(posts, contrasts, RunContext.NONE));
  }

  @Test
  void whatCannotBeAnsweredIsRefusedWithTheReasonAndTheRestIsAnswered() {
    TaggedPosts posts = ConfoundedWorld.draw(400, .5, 1, 4);
    List<TagEffect> effects =
        estimator()
            .estimate(
                posts,
                List.of(
                    TagContrast.of("colour", "mauve", "red"),
                    TagContrast.of("shape", "round", "square"),
                    RED),
                RunContext.NONE);
    assertThat(effects.get(0).refusal().orElseThrow())
        .isEqualTo("0 groups of posts with colour \"mauve\"; two or more are needed");
    assertThat(effects.get(1).refusal().orElseThrow()).isEqualTo("there is no column \"shape\"");
    assertThat(effects.get(2).estimate()).isPresent();
    assertThat(effects.get(2).diagnostics().posts())
        .isEqualTo(posts.postsAt(posts.column("colour").orElseThrow(), "red"));
  }

  @Test
  void aTargetThatDoesNotVaryIsRefused() {
    TaggedPosts posts = ConfoundedWorld.draw(60, .5, 1, 4);
    TaggedPosts constant =
        new TaggedPosts(new double[60], posts.columns(), Optional.empty(), posts.groups());
    assertThat(only(constant, RED).refusal().orElseThrow()).contains("the same for all posts");
  }

  @Test
  void theScaleOfTheTargetIsThatOfTheEffect() {
    TaggedPosts posts = ConfoundedWorld.draw(200, .5, 1, 5);
    TaggedPosts doubled =
        new TaggedPosts(
            Arrays.stream(posts.target()).map(y -> 2 * y + 7).toArray(),
            posts.columns(),
            Optional.empty(),
            posts.groups());
    TagEffect.Estimate one = only(posts, RED).estimate().orElseThrow();
    TagEffect.Estimate two = only(doubled, RED).estimate().orElseThrow();
    assertThat(two.target().point()).isCloseTo(2 * one.target().point(), within(1e-6));
    assertThat(two.standardError()).isCloseTo(2 * one.standardError(), within(1e-6));
    assertThat(two.p()).isCloseTo(one.p(), within(1e-6));
  }

  @Test
  void onlyTheChosenRowsAreUsed() {
    TaggedPosts posts = ConfoundedWorld.draw(300, .5, 1, 6);
    int[] rows = IntStream.range(50, 250).toArray();
    double[] target = posts.target().clone();
    Arrays.fill(target, 0, 50, Double.NaN);
    TaggedPosts chosen = TaggedPosts.of(target, posts.columns(), posts.groups(), rows);
    List<TagColumn> columns =
        posts.columns().stream()
            .map(c -> new TagColumn(c.name(), c.values().subList(50, 250)))
            .collect(Collectors.toList());
    TaggedPosts same =
        new TaggedPosts(
            Arrays.copyOfRange(target, 50, 250),
            columns,
            Optional.empty(),
            Arrays.copyOfRange(posts.groups(), 50, 250));
    assertThat(only(chosen, RED)).isEqualTo(only(same, RED));
  }

  TagEffect only(TaggedPosts posts, TagContrast contrast) {
    return estimator().estimate(posts, List.of(contrast), RunContext.NONE).get(0);
  }
}
