package dev.anvil.engine.service;

import dev.anvil.engine.outcome.MonitorOutcome;
import dev.anvil.engine.outcome.MonitorOutcome.Kept;
import dev.anvil.monitor.Fatigue;
import dev.anvil.monitor.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What to do after monitoring, in a sentence or three. */
final class MonitorWords {
  private MonitorWords() {}

  static MonitorOutcome advised(MonitorOutcome o) {
    return new MonitorOutcome(
        o.run(),
        o.model(),
        o.metric(),
        o.years(),
        o.posts(),
        o.promise(),
        o.afterwards(),
        o.watches(),
        o.pictures(),
        o.unlike(),
        o.fatigue(),
        o.delays(),
        sentences(o),
        o.notes());
  }

  private static List<String> sentences(MonitorOutcome o) {
    if (o.posts().all() == 0) {
      return List.of(
          "There are no posts after those that the model was fitted to: add newer ones to the campaign.");
    }
    List<String> out = new ArrayList<>();
    o.watches().stream().filter(w -> w.alarm().isPresent()).forEach(w -> out.add(alarm(w)));
    if (!o.unlike().isEmpty()) {
      out.add(
          "The pictures are of another kind than those learned from (such as %s): look at them, and fit again when enough of them have their %s."
              .formatted(
                  String.join(", ", o.unlike().subList(0, Math.min(3, o.unlike().size()))),
                  o.metric()));
    }
    String tired =
        o.fatigue().stream()
            .filter(f -> f.verdict() == Fatigue.Verdict.TIRES)
            .map(Fatigue::name)
            .collect(Collectors.joining(", "));
    if (!tired.isEmpty()) {
      out.add("These lose over time: %s.".formatted(tired));
    }
    if (out.isEmpty()) {
      out.add(
          o.posts().mature() == 0
              ? "Nothing to judge yet: none of the %d later posts has its %s."
                  .formatted(o.posts().all(), o.metric())
              : "Nothing to do: no alarm on %d later posts.".formatted(o.posts().mature()));
    }
    o.promise().ifPresent(kept -> out.add(kept(kept)));
    return out;
  }

  private static String alarm(Watch watch) {
    String since = watch.points().stream().map(p -> p.first().toString()).findFirst().orElse("");
    return watch.name().equals("audience")
        ? "Posts do %s than the model expects (audience alarm in the %s of %s): fit again on newer posts."
            .formatted(
                watch.upwards() ? "better" : "worse",
                watch.pace().name().toLowerCase(Locale.ROOT),
                watch.alarm().orElseThrow())
        : "Predictions are farther off than when the model was fitted (alarm in the %s of %s, watched since %s): do not trust its intervals, and fit again."
            .formatted(
                watch.pace().name().toLowerCase(Locale.ROOT), watch.alarm().orElseThrow(), since);
  }

  private static String kept(Kept kept) {
    return String.format(
        Locale.ROOT,
        "Of %d %.0f %% intervals given beforehand, %.0f %% held the truth (95 %% interval %.0f to %.0f %%).",
        kept.posts(),
        100 * kept.level(),
        100 * kept.held().point(),
        100 * kept.held().low(),
        100 * kept.held().high());
  }
}
