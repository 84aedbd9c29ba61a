package dev.anvil.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.RunContext;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.split.Folds;
import dev.anvil.tags.TagEffect.Estimate;
import dev.anvil.tags.TagEffect.Overlap;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoubleMlTest extends TagEstimatorContract {
  private static final TagContrast RED = TagContrast.of("colour", "red", "grey");

  @Override
  TagEstimator estimator() {
    return DoubleMl.standard(5);
  }

  /** Against numpy and scikit-learn on the same folds, ridge with penalty 1. */
  @Test
  void estimatesAreThoseOfScikitLearn() {
    TaggedPosts posts = ReferencePosts.grouped();
    List<String> levels = List.of("blue", "grey", "red");
    int[] folds = Arrays.stream(posts.groups()).map(g -> g * 3 % 5).toArray();
    CrossFit fit =
        CrossFit.of(posts, posts.columns().get(0), levels, Ridge.of(1), new Folds(5, folds), RunContext.NONE);

    check(
        fit.estimate(RED, CrossFit.Outcome.TARGET, .95),
        .421182834722226,
        .3393989416477477,
        9.242930209098825);
    check(
        fit.estimate(
            TagContrast.againstAverage("colour", levels).get(2), CrossFit.Outcome.TARGET, .95),
        .26942696076206674,
        .17021240240190624,
        27.80570102994919);
    check(
        fit.estimate(RED, CrossFit.Outcome.POST_BEFORE, .95),
        -.7872803318722371,
        .4262859644034315,
        6.816704058629374);
    Overlap overlap = fit.overlap(RED);
    assertThat(overlap.effectiveSample()).isCloseTo(19.86353556989063, within(1e-6));
    assertThat(overlap.effectiveReference()).isCloseTo(6.34148293085307, within(1e-6));
    assertThat(overlap.outside()).isZero();
    assertThat(overlap.clipped()).isZero();
  }

  private static void check(Estimate found, double point, double error, double freedom) {
    assertThat(found.target().point()).isCloseTo(point, within(1e-6));
    assertThat(found.standardError()).isCloseTo(error, within(1e-6));
    assertThat(found.degreesOfFreedom()).isCloseTo(freedom, within(1e-5));
  }

  @Test
  void tooFewPostsAreRefusedWithWhatTheyAreWorth() {
    TagEffect effect = only(ReferencePosts.grouped(), RED);
    assertThat(effect.refusal().orElseThrow()).contains("its reference", "10 are needed");
    assertThat(effect.diagnostics().overlap()).isPresent();
  }

  /** Red is only ever shown in the wood, and nothing else is. */
  @Test
  void levelsThatNeverMeetAreRefused() {
    TaggedPosts posts = ConfoundedWorld.draw(400, .5, 1, 9);
    List<String> place = posts.columns().get(1).values();
    List<String> colour = place.stream().map(p -> p.equals("wood") ? "red" : "blue").toList();
    TaggedPosts apart =
        new TaggedPosts(
            posts.target(),
            List.of(new TagColumn("colour", colour), posts.columns().get(1)),
            Optional.empty(),
            posts.groups());
    TagEffect effect = only(apart, TagContrast.of("colour", "red", "blue"));
    assertThat(effect.refusal().orElseThrow()).contains("hardly ever have the level");
    assertThat(effect.diagnostics().overlap().orElseThrow().outside()).isGreaterThan(.5);
  }

  /** The target follows the months, and so does the colour, but months are not controlled for. */
  @Test
  void theNegativeControlShowsTimeThatIsNotHeldStill() {
    TaggedPosts posts = ConfoundedWorld.draw(600, 0, 1, 10);
    int n = posts.count();
    double[] target = posts.target().clone();
    String[] colour = posts.columns().get(0).values().toArray(new String[0]);
    for (int i = 0; i < n; i++) {
      target[i] += 3.0 * i / n;
      colour[i] = (i * 7919 % 1000) < 1000.0 * i / n ? "red" : "blue";
    }
    TaggedPosts drifting =
        new TaggedPosts(
            target,
            List.of(new TagColumn("colour", Arrays.asList(colour)), posts.columns().get(1)),
            Optional.empty(),
            posts.groups());
    TagContrast contrast = TagContrast.of("colour", "red", "blue");
    assertThat(only(drifting, contrast).diagnostics().negativeControl().orElseThrow().p())
        .isLessThan(.001);
    TaggedPosts held =
        new TaggedPosts(
            target,
            List.of(drifting.columns().get(0), posts.columns().get(1), posts.columns().get(2)),
            Optional.empty(),
            posts.groups());
    assertThat(only(held, contrast).diagnostics().negativeControl().orElseThrow().p())
        .isGreaterThan(.05);
  }

  /** Posts of a group follow each other and share their tags, so red often follows red. */
  @Test
  void theNegativeControlIsNotAlarmedByEqualTagsInARow() {
    int alarmed = 0;
    for (int world = 0; world < 150; world++) {
      TaggedPosts posts = ConfoundedWorld.draw(400, 1.5, 1, 9000 + world);
      TagEffect effect = only(posts, TagContrast.of("colour", "red", "blue"));
      alarmed += effect.diagnostics().negativeControl().orElseThrow().p() < .05 ? 1 : 0;
    }
    assertThat(alarmed / 150.0).isLessThan(.05 + 3 * .018);
  }
}
