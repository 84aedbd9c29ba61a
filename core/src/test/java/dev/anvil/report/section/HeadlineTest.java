package dev.anvil.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.report.data.EffectResult;
import dev.anvil.report.data.EvaluationRow;
import dev.anvil.report.data.FactorResult;
import dev.anvil.report.data.Heading;
import dev.anvil.report.data.ModelResult;
import dev.anvil.report.data.ReportData;
import dev.anvil.report.data.Sample;
import dev.anvil.report.data.Variants;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.Verdict;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeadlineTest {
  @Test
  void saysTheLargestGainAndLossWithTheirIntervals() {
    Headline answer = new Headline(Sample.full());

    assertThat(plain(answer.headline()))
        .isEqualTo(
            "Red cars get about 21 % more likes than the same pictures with the car left as it is");
    assertThat(answer.findings().stream().map(HeadlineTest::plain))
        .containsExactly(
            "The 95 % interval is 9 % to 34 %.",
            "Cars in a desert get about 16 % fewer likes than the same pictures with their"
                + " surroundings left as they are (95 % interval 4 % to 27 %).");
    assertThat(plain(answer.summary().get(0)))
        .isEqualTo(
            "Of 19 changes tested, 3 help, 2 hurt, 4 make no practical difference (less than 5 %"
                + " either way), 9 are not resolved and 1 is invalid, because fewer than 5"
                + " creatives have variants that passed their checks.");
    assertThat(answer.summary().get(1)).contains("silver cars, blue cars").endsWith("and 3 more.");
  }

  @Test
  void leadsWithTheLossWhereNothingHelps() {
    Headline answer = new Headline(Variants.levels(2));

    assertThat(plain(answer.headline()))
        .startsWith("Pictures with kind level 1 get about 11 % fewer");
    assertThat(answer.findings()).hasSize(1);
  }

  @Test
  void leadsWithTheGainThatIsLargestAtTheLeast() {
    Effect wide = Sample.effect("colour", "red", "control", false, .3, .13, Verdict.HELPS);
    Effect sure = Sample.effect("colour", "blue", "control", false, .2, .02, Verdict.HELPS);

    assertThat(plain(new Headline(of(false, wide, sure)).headline()))
        .startsWith("Pictures with colour blue get about 20 % more");
  }

  @Test
  void saysThatNothingWasShown() {
    assertThat(new Headline(one("control", Verdict.NOT_RESOLVED, false)).headline())
        .isEqualTo("No change to the pictures has a resolved effect on likes");
  }

  @Test
  void ratesAreHigherRatherThanMore() {
    assertThat(plain(new Headline(one("control", Verdict.HELPS, true)).headline()))
        .startsWith("Pictures with colour red have a click-through rate about 20 % higher than");
  }

  @Test
  void aContrastBetweenLevelsNamesTheOtherLevel() {
    assertThat(new Headline(one("blue", Verdict.HELPS, false)).headline())
        .endsWith("than the same pictures with colour blue");
  }

  @Test
  void warnsOfFailedPlacebosFailedEditsAndPoorModels() {
    assertThat(Warnings.of(Sample.full()).stream().map(HeadlineTest::plain))
        .containsExactly(
            "A placebo failed: red tones without a red car should have no effect, but the"
                + " estimate is +6 % (+2 % to +10 %). Do not trust effects of this size.",
            "The edit to setting racetrack failed its check: the level appeared in fewer than half"
                + " of the variants.");
    ReportData poor = poor(.05);
    assertThat(Warnings.of(poor).stream().map(HeadlineTest::plain))
        .satisfiesExactly(
            low ->
                assertThat(low)
                    .startsWith(
                        "The model explains little of the metric: R² is 0.05 on the temporal"),
            coverage -> assertThat(coverage).startsWith("Prediction intervals covered 80 % of"),
            few -> assertThat(few).startsWith("Only 4 creatives were edited"),
            given -> assertThat(given).isEqualTo("Given."));
  }

  @Test
  void thatThePicturesDoNotExplainTheMetricIsSaidOnce() {
    ReportData nothing = poor(-.15);
    assertThat(new Headline(nothing).headline())
        .isEqualTo("The pictures do not explain likes here");
    assertThat(Warnings.of(nothing)).noneMatch(warning -> warning.contains("explain"));
  }

  /** A model that explains .2 more of new pictures than of later posts. */
  private static ReportData poor(double later) {
    ReportData full = Sample.full();
    List<EvaluationRow> rows =
        Stream.of("temporal", "grouped")
            .map(
                split -> {
                  double r2 = split.equals("temporal") ? later : later + .2;
                  Interval near = new Interval(r2 - .06, r2, r2 + .06, .95);
                  return new EvaluationRow(
                      "ridge",
                      split,
                      900,
                      200,
                      near,
                      near,
                      near,
                      Optional.empty(),
                      Optional.empty());
                })
            .toList();
    return new ReportData(
        new Heading("Poor", "likes", false, LocalDate.EPOCH, 4, 12, .05, false),
        full.factors(),
        List.of(),
        List.of(),
        Optional.of(
            new ModelResult(
                "ridge", rows, Optional.of(new ModelResult.Coverage(.9, .8, 50, 1.2, true)))),
        List.of(),
        Optional.empty(),
        full.provenance(),
        List.of("Given."));
  }

  private static ReportData one(String reference, Verdict verdict, boolean rate) {
    return of(rate, Sample.effect("colour", "red", reference, false, .2, .05, verdict));
  }

  private static ReportData of(boolean rate, Effect... effects) {
    List<EffectResult> results =
        Arrays.stream(effects)
            .map(
                effect ->
                    new EffectResult(
                        effect,
                        EffectResult.of(effect).phrase(),
                        OptionalDouble.empty(),
                        Optional.empty()))
            .toList();
    Heading heading =
        new Heading(
            "One",
            rate ? "click-through rate" : "likes",
            rate,
            LocalDate.EPOCH,
            40,
            80,
            .05,
            false);
    ReportData base = Variants.least();
    return new ReportData(
        heading,
        List.of(new FactorResult("colour", "Colour", "the car left as it is", results, List.of())),
        base.placebos(),
        base.editChecks(),
        base.model(),
        base.posts(),
        base.health(),
        base.provenance(),
        base.warnings());
  }

  /** With common spaces in the place of those that do not break. */
  private static String plain(String text) {
    return text.replace('\u00a0', ' ');
  }
}
