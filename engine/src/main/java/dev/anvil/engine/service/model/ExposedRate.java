package dev.anvil.engine.service.model;

import dev.anvil.InvalidInputException;
import dev.anvil.campaign.Post;
import dev.anvil.engine.outcome.PredictOutcome.Prediction;
import dev.anvil.predict.Exposure;
import dev.anvil.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A rate predicted for a given exposure, or for that of the median post.
 *
 * @param shown exposures of the new post
 * @param given whether they were said
 */
record ExposedRate(Exposure exposure, double shown, boolean given) {
  /** The rate of a new post; its exposure stands among its metadata, if it was said. */
  static ExposedRate of(Exposure exposure, Post post) {
    Optional<String> said = Optional.ofNullable(post.metadata().get(exposure.column()));
    if (said.isEmpty()) {
      return new ExposedRate(exposure, exposure.median(), false);
    }
    try {
      double value = Double.parseDouble(said.get());
      if (value > 0 && Double.isFinite(value)) {
        return new ExposedRate(exposure, value, true);
      }
    } catch (NumberFormatException e) {
      throw refused(exposure, said.get());
    }
    throw refused(exposure, said.get());
  }

  private static InvalidInputException refused(Exposure exposure, String value) {
    return new InvalidInputException(
        "--set " + exposure.column(), "found \"%s\"; expected a number above 0".formatted(value));
  }

  double weight() {
    return exposure.weight(shown);
  }

  /** For how much exposure intervals are, and how many that makes. */
  List<String> notes(List<Prediction> predictions) {
    List<String> notes = new ArrayList<>();
    notes.add(
        String.format(
            Locale.ROOT,
            "Intervals are for %.0f %s%s.",
            shown,
            exposure.column(),
            given
                ? ""
                : ", the median of the posts (--set \"%s=NUMBER\" says otherwise)"
                    .formatted(exposure.column())));
    for (Prediction p : predictions) {
      p.interval().ifPresent(interval -> notes.add(count(p, interval)));
    }
    return notes;
  }

  private String count(Prediction p, Interval interval) {
    double times = shown / exposure.unit();
    return String.format(
        Locale.ROOT,
        "%s: %.0f %s (%.0f to %.0f).",
        p.picture(),
        times * p.metric(),
        exposure.metric(),
        times * interval.low(),
        times * interval.high());
  }
}
