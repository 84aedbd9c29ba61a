package dev.anvil.tags;

import static java.util.Objects.requireNonNull;

import dev.anvil.stats.Interval;
import java.util.Optional;

/**
 * What a method says of a contrast: an estimate, or why there is none.
 *
 * @param contrast what was asked
 * @param estimate on the scale of the target; empty when refused
 * @param refusal reason in words; empty when estimated
 * @param diagnostics what the answer rests on
 */
public record TagEffect(
    TagContrast contrast,
    Optional<Estimate> estimate,
    Optional<String> refusal,
    Diagnostics diagnostics) {
  public TagEffect {
    requireNonNull(contrast, "contrast is null");
    requireNonNull(diagnostics, "diagnostics is null");
    if (estimate.isPresent() == refusal.isPresent()) {
      throw new IllegalArgumentException("expected either an estimate or a reason for none");
    }
  }

  static TagEffect of(TagContrast contrast, Estimate estimate, Diagnostics diagnostics) {
    return new TagEffect(contrast, Optional.of(estimate), Optional.empty(), diagnostics);
  }

  static TagEffect refused(TagContrast contrast, String reason, Diagnostics diagnostics) {
    return new TagEffect(contrast, Optional.empty(), Optional.of(reason), diagnostics);
  }

  public String column() {
    return contrast.column();
  }

  public String level() {
    return contrast.level();
  }

  /** A level, or {@value TagContrast#AVERAGE}. */
  public String reference() {
    return contrast.reference();
  }

  /**
   * Point, uncertainty and test.
   *
   * @param target point and interval, in standard deviations of the target
   * @param degreesOfFreedom of the t distribution that interval and p use
   * @param p two-sided, of no effect, before any correction
   */
  public record Estimate(Interval target, double standardError, double degreesOfFreedom, double p) {
    public Estimate {
      requireNonNull(target, "target is null");
    }
  }

  /**
   * What an answer rests on.
   *
   * @param posts that show the level
   * @param groups different groups among them
   * @param overlap of the compared levels, where the method weights by propensity
   * @param negativeControl the same estimate for the target of the <em>post before</em>, which the
   *     tag cannot have changed (given that post's own tags): an interval that leaves out zero says
   *     that the tag goes with something else that moves the metric, such as a season
   */
  public record Diagnostics(
      int posts, int groups, Optional<Overlap> overlap, Optional<Estimate> negativeControl) {
    public Diagnostics {
      requireNonNull(overlap, "overlap is null");
      requireNonNull(negativeControl, "negativeControl is null");
    }

    static Diagnostics of(TaggedPosts posts, TagContrast contrast) {
      Optional<TagColumn> column = posts.column(contrast.column());
      return new Diagnostics(
          column.map(c -> posts.postsAt(c, contrast.level())).orElse(0),
          column.map(c -> posts.groupsAt(c, contrast.level())).orElse(0),
          Optional.empty(),
          Optional.empty());
    }

    Diagnostics with(Overlap overlapFound, Optional<Estimate> control) {
      return new Diagnostics(posts, groups, Optional.of(overlapFound), control);
    }
  }

  /**
   * Whether posts with and without the level are alike otherwise.
   *
   * @param effectiveSample groups that the weighted mean at the level is worth (Kish)
   * @param effectiveReference the same for the mean over the reference's levels
   * @param outside share of posts whose propensity, between the level and a level of the reference,
   *     lies outside .05 to .95
   * @param clipped share of posts for which a compared level was ten times as unlikely as among all
   *     posts, or more; that of the level or that of the reference, whichever is larger
   */
  public record Overlap(
      double effectiveSample, double effectiveReference, double outside, double clipped) {}
}
