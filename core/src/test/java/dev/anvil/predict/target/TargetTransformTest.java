package dev.anvil.predict.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.InvalidInputException;
import dev.anvil.Seeds;
import dev.anvil.campaign.MetricKind;
import dev.anvil.predict.matrix.Data;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTransformTest {
  private static final LocalDateTime START = LocalDateTime.of(2019, 1, 1, 9, 0);

  private static List<LocalDateTime> daily(int posts, int days) {
    return IntStream.range(0, posts).mapToObj(i -> START.plusDays((long) days * i)).toList();
  }

  private static boolean[] all(int posts) {
    boolean[] out = new boolean[posts];
    Arrays.fill(out, true);
    return out;
  }

  private static double draw(MetricKind kind, SplittableRandom random) {
    double g = Data.gaussian(random);
    return switch (kind) {
      case COUNT, AMOUNT -> 1000 * Math.exp(.8 * g);
      case RATE -> 1 / (1 + Math.exp(3.5 - .7 * g));
      case VALUE -> 2 * g;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "COUNT,false",
    "COUNT,true",
    "AMOUNT,false",
    "RATE,false",
    "RATE,true",
    "VALUE,false",
    "VALUE,true"
  })
  void invertingWhatWasAppliedGivesTheValue(MetricKind kind, boolean centred) {
    SplittableRandom random = Seeds.random(11, kind, centred);
    int cases = 0;
    while (cases < 10_000) {
      List<LocalDateTime> times =
          IntStream.range(0, 60).mapToObj(i -> START.plusHours(random.nextInt(20_000))).toList();
      double[] values = times.stream().mapToDouble(t -> draw(kind, random)).toArray();
      TargetTransform.Options options =
          new TargetTransform.Options(
              kind, centred, 3, TargetTransform.Options.standard(kind).since());
      TargetTransform transform = TargetTransform.fit(options, known(times), values, all(60));
      for (int i = 0; i < 400; i++) {
        LocalDateTime time = START.plusHours(random.nextInt(22_000));
        double value = draw(kind, random);
        var target = transform.apply(Optional.of(time), value);
        if (target.isPresent()) {
          assertThat(transform.invert(Optional.of(time), target.getAsDouble()))
              .isCloseTo(value, within(1e-9 * Math.abs(value)));
          cases++;
        }
      }
    }
  }

  @Test
  void trainingTargetsHaveMeanNilAndDeviationOneAndNoTrendBeforeTheRoot() {
    List<LocalDateTime> times = daily(400, 3);
    SplittableRandom random = Seeds.random(5);
    double[] values =
        IntStream.range(0, 400).mapToDouble(i -> (500 + i) * (.5 + random.nextDouble())).toArray();
    TargetTransform transform =
        TargetTransform.fit(
            TargetTransform.Options.standard(MetricKind.COUNT), known(times), values, all(400));
    double[] targets =
        IntStream.range(0, 400)
            .mapToObj(i -> transform.apply(Optional.of(times.get(i)), values[i]))
            .flatMapToDouble(t -> t.stream())
            .toArray();
    assertThat(targets).hasSize(390);
    double mean = Arrays.stream(targets).average().orElseThrow();
    assertThat(mean).isCloseTo(0, within(1e-9));
    assertThat(Arrays.stream(targets).map(t -> t * t).average().orElseThrow())
        .isCloseTo(1, within(1e-9));
  }

  /** By hand: the mean before is 10, so 20 is twice, 80 eight times the usual. */
  @Test
  void countsAreDividedByTheMeanOfTheTwelveMonthsBefore() {
    TargetTransform.State state =
        new TargetTransform.State(
            new TargetTransform.Options(
                MetricKind.COUNT,
                false,
                2,
                TargetTransform.Options.standard(MetricKind.COUNT).since()),
            List.of(
                new Observation(START.minusMonths(13), 1e9),
                new Observation(START.minusMonths(11), 5),
                new Observation(START.minusDays(1), 15),
                new Observation(START, 1e6)),
            0,
            Optional.of(START),
            0,
            1,
            .5,
            Optional.of(START),
            .1);
    TargetTransform transform = new TargetTransform(state);
    assertThat(transform.apply(Optional.of(START), 80)).hasValue(2);
    assertThat(transform.invert(Optional.of(START), 2)).isEqualTo(80);
    assertThat(transform.ratio(Optional.of(START), 0, 2).orElseThrow()).isCloseTo(7, within(1e-12));
  }

  @Test
  void theTrendStandsStillBeforeTheFirstPost() {
    List<Optional<LocalDateTime>> times = known(daily(300, 3));
    double[] values = IntStream.range(0, 300).mapToDouble(i -> 1000 + 9.5 * i).toArray();
    TargetTransform transform =
        TargetTransform.fit(
            TargetTransform.Options.standard(MetricKind.COUNT), times, values, all(300));

    double first = transform.expected(Optional.of(START), 0);
    assertThat(transform.expected(Optional.of(START.minusYears(20)), 0)).isEqualTo(first);
  }

  @Test
  void forecastsFlattenWithinHalfAYearAndAreNeverNothing() {
    List<Optional<LocalDateTime>> times = known(daily(300, 3));
    double[] values = IntStream.range(0, 300).mapToDouble(i -> 3000 - 9.5 * i).toArray();
    TargetTransform transform =
        TargetTransform.fit(
            TargetTransform.Options.standard(MetricKind.COUNT), times, values, all(300));
    LocalDateTime end = times.get(299).orElseThrow();
    double first = average(transform, end.plusDays(1));
    double day = average(transform, end.plusDays(2)) - first;
    assertThat(day).isNegative();
    assertThat(average(transform, end.plusDays(183)))
        .isCloseTo(first + 183 / 2. * day, within(2 * Math.abs(day)));
    assertThat(average(transform, end.plusYears(2)))
        .isEqualTo(average(transform, end.plusDays(183)));
    assertThat(transform.expected(Optional.of(end.plusYears(2)), -50)).isPositive();
    assertThat(transform.invert(Optional.of(end.plusYears(2)), -50)).isZero();
  }

  private static double average(TargetTransform transform, LocalDateTime time) {
    return transform.invert(Optional.of(time), 0);
  }

  /** One post of 60 has a thousand times the likes of the others. */
  @Test
  void aSingleViralPostDecidesNothing() {
    List<Optional<LocalDateTime>> times = known(daily(60, 3));
    double[] values = IntStream.range(0, 60).mapToDouble(i -> 100 + 10 * (i % 9)).toArray();
    double[] viral = values.clone();
    viral[30] = 250_000;
    assertThat(Outliers.cap(MetricKind.COUNT, values)).isInfinite();
    assertThat(Outliers.cap(MetricKind.COUNT, viral)).isEqualTo(180);
    assertThat(Outliers.cap(MetricKind.VALUE, viral)).isInfinite();
    TargetTransform.Options options =
        TargetTransform.Options.standard(MetricKind.COUNT).withCap(180);
    TargetTransform robust = TargetTransform.fit(options, times, viral, all(60));
    viral[30] = 180;
    TargetTransform ordinary = TargetTransform.fit(options, times, viral, all(60));
    assertThat(robust.apply(times.get(50), 160)).isEqualTo(ordinary.apply(times.get(50), 160));
    assertThat(robust.apply(times.get(30), 250_000)).isEqualTo(ordinary.apply(times.get(30), 180));
  }

  @Test
  void aRatioIsOfEachPredictionAndNotOfTheMean() {
    TargetTransform transform = fitted();
    LocalDateTime time = START.plusDays(800);
    double low = transform.ratio(Optional.of(time), -1, -.5).orElseThrow();
    double high = transform.ratio(Optional.of(time), 1, 1.5).orElseThrow();
    assertThat(low).isGreaterThan(high);
    assertThat(low)
        .isCloseTo(
            transform.invert(Optional.of(time), -.5) / transform.invert(Optional.of(time), -1) - 1,
            within(1e-12));
    assertThat(transform.ratio(Optional.of(time), -1000, 0)).isEmpty();
  }

  private static TargetTransform fitted() {
    List<LocalDateTime> times = daily(300, 3);
    SplittableRandom random = Seeds.random(8);
    double[] values = times.stream().mapToDouble(t -> draw(MetricKind.COUNT, random)).toArray();
    return TargetTransform.fit(
        TargetTransform.Options.standard(MetricKind.COUNT), known(times), values, all(300));
  }

  @Test
  void postsWithTooLittleHistoryHaveNoTargetButCanBeForecast() {
    TargetTransform transform = fitted();
    assertThat(transform.apply(Optional.of(START.plusDays(26)), 900)).isEmpty();
    assertThat(transform.apply(Optional.of(START.plusDays(28)), 900)).isPresent();
    assertThat(transform.apply(Optional.of(START.plusYears(20)), 900)).isEmpty();
    assertThat(transform.invert(Optional.of(START), 0)).isBetween(200.0, 5000.0);
    assertThat(transform.invert(Optional.of(START.plusYears(5)), 0)).isBetween(100.0, 5000.0);
    assertThat(transform.apply(Optional.of(START.plusDays(60)), Double.NaN)).isEmpty();
  }

  @Test
  void theTrailingWindowKnowsNothingOfLaterPosts() {
    List<LocalDateTime> times = daily(100, 3);
    SplittableRandom random = Seeds.random(9);
    double[] values = times.stream().mapToDouble(t -> draw(MetricKind.COUNT, random)).toArray();
    boolean[] training = new boolean[100];
    Arrays.fill(training, 0, 60, true);
    TargetTransform.Options options = TargetTransform.Options.standard(MetricKind.COUNT);
    TargetTransform before = TargetTransform.fit(options, known(times), values, training);
    double[] changed = values.clone();
    Arrays.fill(changed, 70, 100, 1e6);
    TargetTransform after = TargetTransform.fit(options, known(times), changed, training);
    for (int i = 0; i < 70; i++) {
      assertThat(after.apply(Optional.of(times.get(i)), values[i]))
          .isEqualTo(before.apply(Optional.of(times.get(i)), values[i]));
    }
    assertThat(before.leaking()).isFalse();
  }

  @Test
  void theRampUpIsHistoryButNotFittedTo() {
    List<LocalDateTime> times = daily(200, 3);
    double[] values =
        IntStream.range(0, 200).mapToDouble(i -> i < 50 ? 1e5 : 100 + i % 7).toArray();
    TargetTransform.Options options =
        TargetTransform.Options.standard(MetricKind.COUNT).withSince(times.get(50));
    TargetTransform transform = TargetTransform.fit(options, known(times), values, all(200));
    boolean[] late = all(200);
    Arrays.fill(late, 0, 50, false);
    TargetTransform same =
        TargetTransform.fit(
            TargetTransform.Options.standard(MetricKind.COUNT), known(times), values, late);
    assertThat(transform.leftOut(Optional.of(times.get(49)))).isTrue();
    assertThat(transform.leftOut(Optional.of(times.get(50)))).isFalse();
    assertThat(transform.apply(Optional.of(times.get(30)), 1e5))
        .isEqualTo(same.apply(Optional.of(times.get(30)), 1e5));
    assertThat(transform.apply(Optional.of(times.get(30)), 1e5)).isPresent();
  }

  @Test
  void ratesOfNilAndOneHaveFiniteTargets() {
    List<LocalDateTime> times = daily(60, 2);
    double[] values = IntStream.range(0, 60).mapToDouble(i -> (i % 11) / 10.0).toArray();
    TargetTransform transform =
        TargetTransform.fit(
            TargetTransform.Options.standard(MetricKind.RATE), known(times), values, all(60));
    LocalDateTime time = times.get(59);
    assertThat(
            transform.invert(
                Optional.of(time), transform.apply(Optional.of(time), 0).orElseThrow()))
        .isCloseTo(0, within(1e-12));
    assertThat(
            transform.invert(
                Optional.of(time), transform.apply(Optional.of(time), 1).orElseThrow()))
        .isCloseTo(1, within(1e-12));
    assertThat(transform.invert(Optional.of(time), 1e9)).isEqualTo(1);
  }

  @Test
  void jsonGivesAnEqualTransform() throws Exception {
    TargetTransform transform = fitted();
    JsonMapper mapper = JsonMapper.builder().findAndAddModules().build();
    TargetTransform read =
        mapper.readValue(mapper.writeValueAsString(transform), TargetTransform.class);
    assertThat(read.state()).isEqualTo(transform.state());
    assertThat(read.apply(Optional.of(START.plusDays(500)), 700))
        .isEqualTo(transform.apply(Optional.of(START.plusDays(500)), 700));
  }

  @Test
  void allUnsuitableValuesAreNamed() {
    double[] values = {1, -2, 3, Double.POSITIVE_INFINITY};
    assertThatThrownBy(
            () ->
                TargetTransform.fit(
                    TargetTransform.Options.standard(MetricKind.COUNT),
                    known(daily(4, 1)),
                    values,
                    all(4)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("post 1: found -2.0; expected a count")
        .hasMessageContaining("post 3: found Infinity");
  }

  @Test
  void aMetricThatNeverVariesIsRefused() {
    double[] same = new double[50];
    Arrays.fill(same, 7);
    assertThatThrownBy(
            () ->
                TargetTransform.fit(
                    TargetTransform.Options.standard(MetricKind.COUNT),
                    known(daily(50, 1)),
                    same,
                    all(50)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("same target");
  }

  @Test
  void theEndOfGrowthIsSuggestedAndSteadyCampaignsAreLeftAlone() {
    SplittableRandom random = Seeds.random(3);
    List<Observation> growing =
        IntStream.range(0, 400)
            .mapToObj(
                i ->
                    new Observation(
                        START.plusDays(2L * i),
                        1000 * Math.min(1, .1 + i / 150.0) * Math.exp(.5 * Data.gaussian(random))))
            .toList();
    LocalDateTime suggested = RampUp.suggestSince(growing, 1).orElseThrow();
    assertThat(suggested).isBetween(START.plusDays(2 * 95), START.plusDays(2 * 175));
    List<Observation> steady = growing.subList(150, 400).stream().toList();
    assertThat(RampUp.suggestSince(steady, 1)).isEmpty();
    assertThat(RampUp.suggestSince(List.of(), 1)).isEmpty();
  }

  @Test
  void withoutTimesValuesAreComparedWithTheMeanOfAll() {
    double[] values = {8, 64, 27, 125, 1};
    TargetTransform transform =
        TargetTransform.fit(
            TargetTransform.Options.standard(MetricKind.COUNT),
            Collections.nCopies(5, Optional.empty()),
            values,
            all(5));
    assertThat(transform.state().slope()).isZero();
    assertThat(transform.apply(Optional.empty(), 27).orElseThrow()).isCloseTo(0, within(1e-12));
    assertThat(transform.apply(Optional.empty(), 125).orElseThrow())
        .isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(transform.invert(Optional.of(START), Math.sqrt(2))).isCloseTo(125, within(1e-9));
  }

  private static List<Optional<LocalDateTime>> known(List<LocalDateTime> times) {
    return times.stream().map(Optional::of).toList();
  }
}
