package dev.anvil.engine.request;

import java.util.List;
import java.util.Optional;

/**
 * What a fit takes from the table beside the metric, named as people type it.
 *
 * @param features columns to learn from beside the picture; empty to choose them by type
 * @param per exposure that the metric is divided by, such as impressions
 */
public record FitColumns(Optional<List<String>> features, Optional<String> per) {
  /** Chosen by type, not per exposure. */
  public static final FitColumns CHOSEN = new FitColumns(Optional.empty(), Optional.empty());

  public FitColumns {
    features = features == null ? Optional.empty() : features.map(List::copyOf);
    per = per == null ? Optional.empty() : per;
  }
}
