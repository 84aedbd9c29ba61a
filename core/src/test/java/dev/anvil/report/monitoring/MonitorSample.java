package dev.anvil.report.monitoring;

import dev.anvil.image.Picture;
import dev.anvil.monitor.Challenge;
import dev.anvil.monitor.Delay;
import dev.anvil.monitor.EffectHistory;
import dev.anvil.monitor.EffectPeriod;
import dev.anvil.monitor.EffectsOverTime;
import dev.anvil.monitor.ElementChange;
import dev.anvil.monitor.Evidence;
import dev.anvil.monitor.Fatigue;
import dev.anvil.monitor.Kept;
import dev.anvil.monitor.NextSteps;
import dev.anvil.monitor.Pace;
import dev.anvil.monitor.PictureChange;
import dev.anvil.monitor.PictureDrift;
import dev.anvil.monitor.Timed;
import dev.anvil.monitor.Watch;
import dev.anvil.report.data.Thumbnail;
import dev.anvil.stats.Interval;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/** What monitoring found of a simulated year in which the audience lost interest. */
public final class MonitorSample {
  private static final LocalDateTime BEGIN = LocalDateTime.of(2022, 1, 3, 12, 0);

  private MonitorSample() {}

  private static List<Timed> residuals(int fromDay, int days, double shift) {
    Random random = new Random(fromDay);
    List<Timed> out = new ArrayList<>();
    for (int day = fromDay; day < fromDay + days; day += 3) {
      out.add(new Timed(BEGIN.plusDays(day), random.nextGaussian() + shift));
    }
    return out;
  }

  /** With every part that a page can have. */
  public static Evidence full() {
    List<Timed> fresh = residuals(730, 365, -1);
    List<Kept.Outcome> outcomes =
        fresh.stream().map(t -> new Kept.Outcome(t.time(), t.value() + 1, 1.6)).toList();
    PictureChange.Picture picture = new PictureChange.Picture("p1", "<b>one.jpg");
    return new Evidence(
        "likes",
        2,
        new Evidence.Posts(130, 122, 8),
        Optional.of(Kept.of(.9, outcomes, Pace.WEEK)),
        Optional.of(Kept.of(.9, outcomes.subList(0, 20), Pace.MONTH)),
        List.of(Watch.of(Watch.AUDIENCE, residuals(0, 730, 0), fresh, true, 6, 1).orElseThrow()),
        new PictureChange(
            Optional.of(new PictureDrift(36, 12, 1, .8, .001, List.of(0), List.of(1))),
            true,
            List.of(picture),
            List.of(picture),
            List.of(
                new ElementChange("dog", .1, .4, new Interval(.2, .3, .4, .95), true),
                new ElementChange(
                    "car",
                    .9,
                    .9,
                    new Interval(Double.NEGATIVE_INFINITY, 0, Double.POSITIVE_INFINITY, .95),
                    false))),
        List.of(
            fatigue("dog", Fatigue.Verdict.TIRES),
            fatigue("car", Fatigue.Verdict.STAYS_FRESH),
            fatigue("bus", Fatigue.Verdict.NOT_RESOLVED),
            fatigue("cat", Fatigue.Verdict.TOO_FEW_POSTS)),
        List.of(
            new Evidence.DropDelay(.1, new Delay(-.2, .3, OptionalDouble.empty())),
            new Evidence.DropDelay(.3, new Delay(-.7, .9, OptionalDouble.of(12)))),
        Optional.of(effects()),
        Optional.of(
            new Challenge(
                90, 12, .8, .6, new Interval(.1, .2, .3, .95), Challenge.Verdict.BETTER)));
  }

  /** The page of some evidence. */
  public static String page(Evidence found) {
    return MonitorPage.of(
        new MonitorPage.Heading("Spring", LocalDate.of(2026, 11, 30), 7, "1.0"),
        NextSteps.of(found, false),
        found,
        Map.of("p1", Thumbnail.of(new Picture(4, 3, new byte[36]), 4)),
        List.of("Left out <one> post."));
  }

  private static EffectsOverTime effects() {
    List<EffectHistory.Point> points =
        List.of(
            new EffectHistory.Point("2022", new Interval(.3, .4, .5, .95), true),
            new EffectHistory.Point("2023", new Interval(-.1, 0, .1, .95), true));
    List<EffectHistory.Point> raw =
        List.of(new EffectHistory.Point("2022", new Interval(-.1, 0, .1, .95), false));
    return new EffectsOverTime(
        9,
        "Colour",
        List.of(
            new EffectPeriod("2022", LocalDate.of(2022, 1, 1), LocalDate.of(2023, 1, 1), 120),
            new EffectPeriod("2023", LocalDate.of(2023, 1, 1), LocalDate.of(2024, 1, 1), 90)),
        List.of(new EffectsOverTime.Refused("2024", "found 8 posts")),
        EffectHistory.judged(
            List.of(
                EffectHistory.of("colour", "red", "blue", points),
                EffectHistory.of("setting", "forest", "average", raw))));
  }

  private static Fatigue fatigue(String name, Fatigue.Verdict verdict) {
    double point = verdict == Fatigue.Verdict.TIRES ? -.2 : 0;
    return new Fatigue(
        name, 40, 30, new Interval(point - .1, point, point + .1, .95), .04, .12, verdict);
  }

  /** Before any later post came. */
  public static Evidence empty() {
    return new Evidence(
        "likes",
        2,
        new Evidence.Posts(0, 0, 0),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new PictureChange(Optional.empty(), false, List.of(), List.of(), List.of()),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
