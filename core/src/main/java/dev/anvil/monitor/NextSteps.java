package dev.anvil.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What to do after watching, in three sentences at most; the most urgent first. */
public final class NextSteps {
  private static final int MOST = 3;
  private static final int NAMED = 3;

  private NextSteps() {}

  /**
   * The sentences.
   *
   * @param promoted whether a model that is fitted again is in use by now
   */
  public static List<String> of(Evidence found, boolean promoted) {
    if (found.posts().all() == 0) {
      return List.of(
          "There are no posts after those that the model was fitted to: add newer ones to the campaign.");
    }
    List<String> out = new ArrayList<>();
    found.watches().stream().filter(w -> w.alarm().isPresent()).forEach(w -> out.add(alarm(w)));
    if (found.pictures().alarm()) {
      out.add(pictures(found));
    }
    String tired =
        found.fatigue().stream()
            .filter(f -> f.verdict() == Fatigue.Verdict.TIRES)
            .map(Fatigue::name)
            .collect(Collectors.joining(", "));
    if (!tired.isEmpty()) {
      out.add("These lose over time: %s.".formatted(tired));
    }
    if (found.challenge().filter(c -> c.verdict() == Challenge.Verdict.BETTER).isPresent()) {
      out.add(
          promoted
              ? "A model that is fitted again predicts later posts better, and is in use from now on."
              : "A model that is fitted again predicts later posts better: fit it and use it from now on (--promote).");
    }
    changed(found).ifPresent(out::add);
    if (out.isEmpty()) {
      out.add(
          found.posts().mature() == 0
              ? "Nothing to judge yet: none of the %d later posts has its %s."
                  .formatted(found.posts().all(), found.metric())
              : "Nothing to do: no alarm on %d later posts.".formatted(found.posts().mature()));
    }
    found.promise().ifPresent(kept -> out.add(kept(kept)));
    return out.subList(0, Math.min(MOST, out.size()));
  }

  private static String alarm(Watch watch) {
    String period =
        "%s of %s"
            .formatted(watch.pace().name().toLowerCase(Locale.ROOT), watch.alarm().orElseThrow());
    return watch.name().equals(Watch.AUDIENCE)
        ? "Posts do %s than the model expects (audience alarm in the %s): fit again on newer posts."
            .formatted(watch.upwards() ? "better" : "worse", period)
        : "Predictions are farther off than when the model was fitted (alarm in the %s): do not trust its intervals, and fit again."
            .formatted(period);
  }

  private static String pictures(Evidence found) {
    return "The pictures are of another kind than those learned from (such as %s): look at them, and fit again when enough of them have their %s."
        .formatted(
            found.pictures().unlike().stream()
                .limit(NAMED)
                .map(PictureChange.Picture::file)
                .collect(Collectors.joining(", ")),
            found.metric());
  }

  private static Optional<String> changed(Evidence found) {
    List<String> changed =
        found.effects().stream()
            .flatMap(e -> e.effects().stream())
            .filter(EffectHistory::changed)
            .map(h -> h.factor() + " " + h.level())
            .toList();
    return changed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "These effects changed over time: %s; trust the newest, and fit again on newer posts."
                .formatted(String.join(", ", changed)));
  }

  private static String kept(Kept kept) {
    return String.format(
        Locale.ROOT,
        "Of %d %.0f %% intervals given beforehand, %d held the truth: %.0f %% (95 %% interval %.0f to %.0f %%).",
        kept.posts(),
        100 * kept.level(),
        kept.held(),
        100 * kept.share().point(),
        100 * kept.share().low(),
        100 * kept.share().high());
  }
}
