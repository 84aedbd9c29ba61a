package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What import decided about fits of a campaign, or suggests for them; kept with the campaign.
 *
 * @param metric fitted unless another is asked for; empty when several are equally plausible
 * @param group metadata column that says whose post it is and explains much of that metric
 * @param exposure metric or numeric metadata column that explains most of that metric: a rate per
 *     it may be what is meant
 * @param matureUntil later posts are too young to have their likes and are left out of fitting
 */
public record Advice(
    Optional<String> metric,
    Optional<String> group,
    Optional<String> exposure,
    Optional<LocalDateTime> matureUntil) {
  /** Nothing was decided, as in campaigns from before advice was kept. */
  public static final Advice NONE =
      new Advice(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public Advice {
    requireNonNull(metric, "metric is null");
    requireNonNull(group, "group is null");
    requireNonNull(exposure, "exposure is null");
    requireNonNull(matureUntil, "matureUntil is null");
  }
}
