package dev.anvil.study.spec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.anvil.edit.EditorKind;
import dev.anvil.edit.Editors;
import dev.anvil.stats.AlphaSpending;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A declared study: which creatives, what is varied on them, and which contrasts are drawn. Read
 * from YAML by {@link StudyFile}.
 *
 * @param name shown to people
 * @param metric the metric whose target the model predicts; empty in a file that leaves it to the
 *     model
 * @param seed for the choice of sources, for editors and for the bootstrap
 * @param smallestEffect relative effect below which nothing matters in practice, for example .05
 * @param encoder pack that the model must have been fitted with; empty for the model in use
 * @param segmenter pack that finds the elements; empty for the model's
 * @param labelFile table of posts with known levels, relative to the study; empty where there is
 *     none
 * @param sources which creatives are edited
 * @param factors what is varied
 * @param placebos edits that should change nothing
 */
public record StudySpec(
    String name,
    String metric,
    long seed,
    double smallestEffect,
    Optional<String> encoder,
    Optional<String> segmenter,
    Optional<String> labelFile,
    Sources sources,
    List<Factor> factors,
    List<Factor> placebos) {
  /** Reference of a contrast with the untouched (or null-edited) source. */
  public static final String CONTROL = "control";

  /** Reference of a contrast with the mean over the factor's levels on the same source. */
  public static final String AVERAGE = "average";

  /** Stands for the level in phrases and common parameters. */
  public static final String LEVEL = "{level}";

  /** Level of an edit that asks for no change (docs/method.md section 3.2). */
  public static final String NULL_EDIT = "null edit";

  /** Reference of a null edit: the untouched source. */
  public static final String ORIGINAL = "original";

  /** The element that is the whole picture. */
  public static final String PICTURE = "picture";

  /**
   * Reference of a factor whose levels are all combinations of one of two choices of several
   * others: the first is compared with the last, and with what the single choices add up to.
   */
  public static final String CROSSED = "crossed";

  /** What an interaction is compared with. */
  public static final String SUM = "the sum";

  public StudySpec {
    requireNonNull(name, "name is null");
    requireNonNull(metric, "metric is null");
    requireNonNull(encoder, "encoder is null");
    requireNonNull(segmenter, "segmenter is null");
    // results that were kept before there were label files have none
    labelFile = labelFile == null ? Optional.empty() : labelFile;
    requireNonNull(sources, "sources is null");
    factors = List.copyOf(factors);
    placebos = List.copyOf(placebos);
  }

  /** Factors, then placebos. */
  public List<Factor> allFactors() {
    List<Factor> all = new ArrayList<>(factors);
    all.addAll(placebos);
    return all;
  }

  /**
   * Which creatives are edited.
   *
   * @param element labels of which one must be found, for example car, truck
   * @param count at most so many, drawn at random
   * @param minCoverage smallest share of the picture that the element may have, 0 to 1
   * @param maxCoverage largest share
   * @param where metadata column to value; all must hold
   * @param ids post ids to choose from; all when empty
   * @param generation for pictures that are made instead of chosen
   * @param stop to begin with few of them and add more until effects are known well enough
   */
  public record Sources(
      List<String> element,
      int count,
      double minCoverage,
      double maxCoverage,
      Map<String, String> where,
      List<String> ids,
      Optional<Generation> generation,
      Optional<Stop> stop) {
    public Sources {
      requireNonNull(generation, "generation is null");
      requireNonNull(stop, "stop is null");
      element = List.copyOf(element);
      where = Map.copyOf(where);
      ids = List.copyOf(ids);
    }

    public Sources withCount(int other) {
      return new Sources(element, other, minCoverage, maxCoverage, where, ids, generation, stop);
    }

    /** When effects are estimated: once, or each time that sources were added. */
    public AlphaSpending interimAnalyses() {
      return stop.map(s -> AlphaSpending.every(s.first(), s.step(), count))
          .orElseGet(() -> new AlphaSpending(List.of(count)));
    }
  }

  /**
   * When no more sources are added.
   *
   * @param halfWidth every declared contrast's interval is at most so much to either side, relative
   *     to the metric: .03 is 3 %
   * @param first sources before the first analysis
   * @param step more sources before each further one
   */
  public record Stop(double halfWidth, int first, int step) {}

  /** The same study of one of its factors alone, without placebos. */
  public StudySpec only(Factor factor) {
    return copy(metric, sources, List.of(factor), List.of());
  }

  /** The same study of what a model predicts. */
  public StudySpec of(String predicted) {
    return copy(predicted, sources, factors, placebos);
  }

  /** The same study on other sources. */
  public StudySpec with(Sources other) {
    return copy(metric, other, factors, placebos);
  }

  private StudySpec copy(
      String ofMetric, Sources on, List<Factor> ofFactors, List<Factor> withPlacebos) {
    return new StudySpec(
        name,
        ofMetric,
        seed,
        smallestEffect,
        encoder,
        segmenter,
        labelFile,
        on,
        ofFactors,
        withPlacebos);
  }

  /**
   * Sources that are generated from words.
   *
   * @param parameters of the text-to-image model, see {@code Editors.generator}; their prompt has
   *     {name} in place of each factor whose editor is {@code generate}
   * @param metadata that the pictures would be posted with; else the campaign's most frequent
   *     values
   * @param time at which they would be posted; else that of the campaign's newest post
   */
  public record Generation(
      Map<String, Object> parameters, Map<String, String> metadata, Optional<LocalDateTime> time) {
    public Generation {
      requireNonNull(time, "time is null");
      parameters = Map.copyOf(parameters);
      metadata = Map.copyOf(metadata);
    }
  }

  /**
   * What is varied.
   *
   * @param name for example colour
   * @param title heading for people, for example Vehicle colour
   * @param phrase pictures with a level, in the plural, with {level} in it: {level} cars
   * @param element labels of the elements that are edited, all that are found, or the largest one
   *     where they begin with {@code largest}; {@code background} and {@code picture} always exist
   * @param without leave out sources on which this label is found
   * @param editor name of the editor
   * @param reference a level, {@link #CONTROL}, {@link #AVERAGE} or {@link #CROSSED}
   * @param seeds variants of one source and level
   * @param levels level to the editor's parameters, in the file's order; those of an editor of
   *     factors are levels of other factors, by the factor's name. Of a crossed factor a level's
   *     number, in binary digits, has a one for each second choice
   * @param labels level to how posts that have it are recognised, where that was declared
   */
  public record Factor(
      String name,
      String title,
      String phrase,
      List<String> element,
      Optional<String> without,
      String editor,
      String reference,
      int seeds,
      Map<String, Map<String, Object>> levels,
      @JsonAlias("marks") Map<String, LabelRule> labels) {
    public Factor {
      requireNonNull(name, "name is null");
      requireNonNull(title, "title is null");
      requireNonNull(phrase, "phrase is null");
      requireNonNull(without, "without is null");
      requireNonNull(editor, "editor is null");
      requireNonNull(reference, "reference is null");
      element = List.copyOf(element);
      levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
      // results that were kept before there were labels have none
      labels = labels == null ? Map.of() : Map.copyOf(labels);
    }

    /** Whether levels are combinations of other factors' levels. */
    public boolean combines() {
      return isOf(EditorKind.Scope.FACTORS);
    }

    /** Whether its editor works on such pictures; not where nobody knows the editor. */
    public boolean isOf(EditorKind.Scope scope) {
      return Editors.kind(editor).filter(kind -> kind.scope() == scope).isPresent();
    }

    /** Names of the factors that levels combine, sorted; of another factor its own. */
    public Set<String> parts() {
      return combines()
          ? levels.values().stream()
              .flatMap(l -> l.keySet().stream())
              .collect(Collectors.toCollection(TreeSet::new))
          : Set.of(name);
    }

    /**
     * How posts that have a level are recognised: as declared, else by what its editor says that
     * pictures show.
     */
    public Optional<LabelRule> rule(String level) {
      return Optional.ofNullable(labels.get(level))
          .or(() -> Optional.ofNullable(levels.get(level)).flatMap(this::implied));
    }

    private Optional<LabelRule> implied(Map<String, Object> parameters) {
      return Editors.kind(editor)
          .flatMap(kind -> kind.shows(parameters))
          .map(shown -> LabelRule.of(shown, element));
    }
  }
}
