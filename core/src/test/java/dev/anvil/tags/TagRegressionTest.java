package dev.anvil.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TagRegressionTest extends TagEstimatorContract {
  @Override
  TagEstimator estimator() {
    return TagRegression.standard();
  }

  /**
   * Against numpy, with a reference level left out and n times n matrices written out; the single
   * posts' standard errors are also statsmodels 0.15's HC2.
   */
  @Test
  void estimatesAreThoseOfNumpyAndStatsmodels() {
    TagContrast red = TagContrast.of("colour", "red", "grey");
    check(ReferencePosts.single(), red, .6756239556159301, .29003860280690585, 16.490503178783577);
    check(ReferencePosts.grouped(), red, .6756239556159301, .2973078721888283, 13.32467175888267);
    check(
        ReferencePosts.grouped(),
        TagContrast.of("place", "wood", "town"),
        1.1936511816071271,
        .23004744023013846,
        17.471702463844373);
    TagContrast average =
        TagContrast.againstAverage("colour", List.of("blue", "grey", "red")).get(2);
    check(
        ReferencePosts.grouped(),
        average,
        .34972034947903075,
        .16381780793479514,
        17.02514925646851);
    TagEffect.Estimate estimate = only(ReferencePosts.grouped(), average).estimate().orElseThrow();
    assertThat(estimate.target().low()).isCloseTo(.004133874183468722, within(1e-7));
    assertThat(estimate.p()).isCloseTo(.04760701399906162, within(1e-7));
  }

  private void check(
      TaggedPosts posts, TagContrast contrast, double point, double error, double freedom) {
    TagEffect.Estimate estimate = only(posts, contrast).estimate().orElseThrow();
    assertThat(estimate.target().point()).isCloseTo(point, within(1e-6));
    assertThat(estimate.standardError()).isCloseTo(error, within(1e-6));
    assertThat(estimate.degreesOfFreedom()).isCloseTo(freedom, within(1e-5));
    assertThat(TagRegression.standard().points(posts, List.of(contrast)).get(0))
        .hasValue(estimate.target().point());
  }

  @Test
  void aLevelThatAnotherColumnRepeatsIsRefused() {
    TaggedPosts posts = ConfoundedWorld.draw(120, .5, 1, 8);
    List<TagColumn> columns = new ArrayList<>(posts.columns());
    columns.add(new TagColumn("copy", posts.columns().get(1).values()));
    TaggedPosts doubled =
        new TaggedPosts(posts.target(), columns, Optional.empty(), posts.groups());

    assertThat(only(doubled, TagContrast.of("place", "wood", "town")).refusal().orElseThrow())
        .contains("cannot be separated from the other columns");
    assertThat(
            TagRegression.standard()
                .points(doubled, List.of(TagContrast.of("place", "wood", "town"))))
        .containsExactly(OptionalDouble.empty());
    assertThat(only(doubled, TagContrast.of("colour", "red", "blue")).estimate().orElseThrow())
        .satisfies(
            estimate ->
                assertThat(estimate.target().point())
                    .isCloseTo(
                        only(posts, TagContrast.of("colour", "red", "blue"))
                            .estimate()
                            .orElseThrow()
                            .target()
                            .point(),
                        within(1e-8)));
  }

  /** Of the three red posts two are the only ones of their months, so that one tells of red. */
  @Test
  void anEffectThatRestsOnOnePostIsRefused() {
    int n = 30;
    List<String> colour = new ArrayList<>(Collections.nCopies(n, "blue"));
    List<String> month = new ArrayList<>(Collections.nCopies(n, "may"));
    for (int i = 0; i < 3; i++) {
      colour.set(i, "red");
      month.set(i, i < 2 ? "month " + i : "may");
    }
    TaggedPosts posts =
        new TaggedPosts(
            IntStream.range(0, n).mapToDouble(i -> Math.sin(i)).toArray(),
            List.of(new TagColumn("colour", colour), new TagColumn("month", month)),
            Optional.empty(),
            IntStream.range(0, n).toArray());
    assertThat(only(posts, TagContrast.of("colour", "red", "blue")).refusal().orElseThrow())
        .contains("rests on one group of posts alone");
  }

  @Test
  void morePostsThanCoefficientsAreNeeded() {
    List<String> id = IntStream.range(0, 8).mapToObj(i -> "p" + i).toList();
    TaggedPosts posts =
        new TaggedPosts(
            IntStream.range(0, 8).mapToDouble(i -> i).toArray(),
            List.of(
                new TagColumn("id", id),
                new TagColumn("colour", List.of("a", "b", "a", "b", "a", "b", "a", "b"))),
            Optional.empty(),
            IntStream.range(0, 8).toArray());
    assertThat(only(posts, TagContrast.of("colour", "a", "b")).refusal().orElseThrow())
        .isEqualTo("8 posts for 8 coefficients; more posts than coefficients are needed");
  }
}
