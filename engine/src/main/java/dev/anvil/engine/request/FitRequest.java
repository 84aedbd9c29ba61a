package dev.anvil.engine.request;

import static java.util.Objects.requireNonNull;

import dev.anvil.engine.outcome.FitOutcome;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Find elements, encode, fit and evaluate a model of a campaign's metric.
 *
 * @param campaign name; empty for the one imported last
 * @param metric to predict; empty for the campaign's first
 * @param since posts before are left out of fitting; empty for a date suggested by the data
 * @param element labels of the main element; empty for the most frequent one
 * @param options what is done besides
 * @param encoder that looks at the pictures
 * @param segmenter that finds elements
 * @param seed of all that is random
 * @param group column that names the account, brand or advertiser of a post: the metric is taken
 *     relative to what is usual for each; empty for one account
 * @param columns what is taken from the table beside the metric; chosen by type for null
 */
public record FitRequest(
    Optional<String> campaign,
    Optional<String> metric,
    Optional<LocalDateTime> since,
    List<String> element,
    Set<Option> options,
    EncoderChoice encoder,
    SegmenterChoice segmenter,
    long seed,
    Optional<String> group,
    FitColumns columns)
    implements Request<FitOutcome> {
  public static final String JOB = "fit";

  /** What a fit does besides. */
  public enum Option {
    /** Evaluate the paper's 1000 trees of depth 7 too; takes minutes. */
    PAPER,
    /** Consider a blend of ridge and trees too; takes minutes. */
    BLEND,
    /** Evaluate regressors on tags and further baselines too; takes minutes. */
    BASELINES,
    /** Let colour casts over whole pictures count; otherwise they are taken out of embeddings. */
    TONES
  }

  /** Of posts of one account. */
  public FitRequest(
      Optional<String> campaign,
      Optional<String> metric,
      Optional<LocalDateTime> since,
      List<String> element,
      Set<Option> options,
      EncoderChoice encoder,
      SegmenterChoice segmenter,
      long seed) {
    this(
        campaign,
        metric,
        since,
        element,
        options,
        encoder,
        segmenter,
        seed,
        Optional.empty(),
        FitColumns.CHOSEN);
  }

  public FitRequest {
    // a request of an older version has none
    group = group == null ? Optional.empty() : group;
    columns = columns == null ? FitColumns.CHOSEN : columns;
    requireNonNull(campaign, "campaign is null");
    requireNonNull(metric, "metric is null");
    requireNonNull(since, "since is null");
    element = element == null ? List.of() : List.copyOf(element);
    options = options == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(options));
    encoder = encoder == null ? EncoderChoice.BUNDLED : encoder;
    segmenter = segmenter == null ? SegmenterChoice.BUNDLED : segmenter;
  }

  /** A fit of a campaign's first metric with the bundled networks. */
  public static FitRequest of(String campaign) {
    return new FitRequest(
        Optional.of(campaign),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Set.of(),
        EncoderChoice.BUNDLED,
        SegmenterChoice.BUNDLED,
        1);
  }

  /** The same with another encoder, and nothing evaluated besides. */
  public FitRequest with(EncoderChoice other) {
    Set<Option> kept = EnumSet.noneOf(Option.class);
    kept.addAll(options);
    kept.removeAll(Set.of(Option.PAPER, Option.BASELINES));
    return new FitRequest(
        campaign, metric, since, element, kept, other, segmenter, seed, group, columns);
  }

  /** The same on a campaign and a metric. */
  public FitRequest on(String name, String ofPosts) {
    return new FitRequest(
        Optional.of(name),
        Optional.of(ofPosts),
        since,
        element,
        options,
        encoder,
        segmenter,
        seed,
        group,
        columns);
  }

  /** The same with a column that names the account of each post. */
  public FitRequest withGroup(Optional<String> column) {
    return new FitRequest(
        campaign, metric, since, element, options, encoder, segmenter, seed, column, columns);
  }

  /** The same with labels of the main element. */
  public FitRequest withElement(List<String> labels) {
    return new FitRequest(
        campaign, metric, since, labels, options, encoder, segmenter, seed, group, columns);
  }

  /** The same on other networks. */
  public FitRequest withNetworks(EncoderChoice encodes, SegmenterChoice finds) {
    return new FitRequest(
        campaign, metric, since, element, options, encodes, finds, seed, group, columns);
  }

  /** The same with other columns beside the metric. */
  public FitRequest withColumns(FitColumns other) {
    return new FitRequest(
        campaign, metric, since, element, options, encoder, segmenter, seed, group, other);
  }

  @Override
  public String job() {
    return JOB;
  }

  @Override
  public long randomSeed() {
    return seed;
  }
}
