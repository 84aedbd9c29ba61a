package dev.anvil.report;

import static java.util.Objects.requireNonNull;

import dev.anvil.campaign.Post;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.report.data.EditCheckRow;
import dev.anvil.report.data.EffectResult;
import dev.anvil.report.data.FactorResult;
import dev.anvil.report.data.PictureStrip;
import dev.anvil.report.data.PictureStrip.Frame;
import dev.anvil.report.data.PictureStrip.Kind;
import dev.anvil.report.data.Thumbnail;
import dev.anvil.report.section.Words;
import dev.anvil.segment.Element;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.stats.Interval;
import dev.anvil.store.BlobStore;
import dev.anvil.study.StudyResult;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.study.variant.Drift;
import dev.anvil.study.variant.ScoredVariant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Gathers what a report shows from a study's result and the pictures it was made of. */
public final class ReportBuilder {
  private static final int THUMBNAIL = 240;

  private final Map<String, Post> posts;
  private final SegmentationCache segmentations;
  private final BlobStore blobs;

  /**
   * A builder for one campaign.
   *
   * @param posts of the campaign
   * @param blobs where the study kept its variants
   */
  public ReportBuilder(List<Post> posts, SegmentationCache segmentations, BlobStore blobs) {
    this.posts = posts.stream().collect(Collectors.toMap(Post::id, p -> p));
    this.segmentations = requireNonNull(segmentations, "segmentations is null");
    this.blobs = requireNonNull(blobs, "blobs is null");
  }

  /** What is known to be true, in worlds only. */
  @FunctionalInterface
  public interface Truth {
    /** The true relative effect of an estimated contrast, empty when it is not known. */
    OptionalDouble of(Effect effect);
  }

  /**
   * The factors of a study.
   *
   * @param exact the same study on exact counterfactuals, where there are some
   */
  public List<FactorResult> factors(StudyResult study, Truth truth, Optional<StudyResult> exact) {
    return study.spec().factors().stream()
        .map(
            factor ->
                new FactorResult(
                    factor.name(),
                    factor.title(),
                    control(factor),
                    study.effects().stream()
                        .filter(e -> e.factor().equals(factor.name()))
                        .map(
                            e ->
                                new EffectResult(
                                    e,
                                    phrase(factor, e.level()),
                                    truth.of(e),
                                    exact.flatMap(x -> same(x.effects(), e)),
                                    study.corrected().containsKey(factor.name())
                                        ? same(study.uncorrected(), e).stream()
                                            .mapToDouble(Interval::point)
                                            .findFirst()
                                        : OptionalDouble.empty()))
                        .toList(),
                    strips(study, factor),
                    Optional.ofNullable(study.corrected().get(factor.name()))))
        .toList();
  }

  /** One row per level of factors and placebos. */
  public List<EditCheckRow> checks(StudyResult study) {
    List<EditCheckRow> checks = new ArrayList<>();
    for (Factor factor : study.spec().allFactors()) {
      Optional<Drift> drift =
          study.drifts().stream().filter(d -> d.factor().equals(factor.name())).findFirst();
      for (String level : factor.levels().keySet()) {
        List<ScoredVariant> variants =
            study.variants().stream()
                .filter(v -> v.factor().equals(factor.name()) && v.level().equals(level))
                .toList();
        if (!variants.isEmpty()) {
          checks.add(check(factor.name(), level, variants, drift));
        }
      }
    }
    return checks;
  }

  private static EditCheckRow check(
      String factor, String level, List<ScoredVariant> variants, Optional<Drift> drift) {
    double valid = variants.stream().filter(ScoredVariant::valid).count();
    double effective = valid / variants.size();
    int spilled = (int) variants.stream().filter(v -> v.outside() > 0).count();
    String reason =
        variants.stream()
            .filter(v -> !v.valid())
            .collect(
                Collectors.groupingBy(
                    v -> v.reason().replaceAll("[0-9.]+", "…"),
                    LinkedHashMap::new,
                    Collectors.counting()))
            .entrySet()
            .stream()
            .map(e -> e.getValue() + " × " + e.getKey())
            .collect(Collectors.joining("; "));
    return new EditCheckRow(
        factor,
        level,
        variants.size(),
        effective,
        variants.stream().mapToDouble(ScoredVariant::outsideShare).average().orElseThrow(),
        spilled,
        optional(drift.map(Drift::distance)),
        optional(drift.flatMap(Drift::probeAuc).map(Interval::point)),
        effective >= .5 && spilled == 0,
        reason);
  }

  private static OptionalDouble optional(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  private static Optional<Interval> same(List<Effect> others, Effect effect) {
    return others.stream().filter(effect::sameContrast).map(Effect::relative).findFirst();
  }

  private static String phrase(Factor factor, String level) {
    String phrase = factor.phrase().replace(StudySpec.LEVEL, level);
    return Character.toUpperCase(phrase.charAt(0)) + phrase.substring(1);
  }

  private static String control(Factor factor) {
    return switch (factor.reference()) {
      case StudySpec.CONTROL -> "nothing changed";
      case StudySpec.CROSSED ->
          List.copyOf(factor.levels().keySet()).get(factor.levels().size() - 1);
      case StudySpec.AVERAGE -> "each %s in turn, on average".formatted(factor.name());
      default -> Words.having(factor.name(), factor.reference());
    };
  }

  private List<PictureStrip> strips(StudyResult study, Factor factor) {
    Map<String, List<ScoredVariant>> shown =
        study.variants().stream()
            .filter(v -> v.factor().equals(factor.name()) && v.picture().isPresent())
            .collect(
                Collectors.groupingBy(
                    ScoredVariant::post, LinkedHashMap::new, Collectors.toList()));
    return shown.entrySet().stream()
        .filter(e -> posts.containsKey(e.getKey()))
        .map(e -> strip(factor, posts.get(e.getKey()), e.getValue()))
        .toList();
  }

  private PictureStrip strip(Factor factor, Post post, List<ScoredVariant> variants) {
    List<Frame> frames = new ArrayList<>();
    Picture source = PictureReader.DEFAULT.read(post.picture(), post.creative());
    frames.add(
        new Frame(
            Kind.SOURCE, "as posted", Thumbnail.of(source, THUMBNAIL), OptionalDouble.empty()));
    segmentations
        .of(post)
        .largest(factor.element())
        .map(Element::mask)
        .ifPresent(mask -> frames.add(maskFrame(source, mask)));
    for (ScoredVariant variant : variants) {
      Picture picture =
          PictureReader.DEFAULT.read(
              variant.key(), blobs.get(variant.picture().orElseThrow()).orElseThrow());
      frames.add(
          new Frame(
              Kind.VARIANT,
              variant.valid() ? variant.level() : variant.level() + " (not used)",
              Thumbnail.of(picture, THUMBNAIL),
              variant.valid() ? OptionalDouble.of(variant.relative()) : OptionalDouble.empty()));
    }
    return new PictureStrip(post.picture().getFileName().toString(), frames);
  }

  private static Frame maskFrame(Picture source, Mask mask) {
    return new Frame(
        Kind.MASK,
        "edited element",
        Thumbnail.overlay(source, mask, THUMBNAIL),
        OptionalDouble.empty());
  }
}
