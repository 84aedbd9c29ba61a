package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.LearnedPosts;
import dev.anvil.predict.Planter;
import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Correction;
import dev.anvil.study.effect.Differences;
import dev.anvil.study.effect.Differences.Resampled;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EffectEstimator;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.MetricScale;
import dev.anvil.study.effect.ScoreTable;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.effect.StudyPictures.Predicted;
import dev.anvil.study.label.LevelFinder;
import dev.anvil.study.plant.Calibration;
import dev.anvil.study.plant.Planting;
import dev.anvil.study.plant.Planting.Characteristic;
import dev.anvil.study.spec.Mark;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.tags.Confusion;
import dev.anvil.tags.Confusion.Known;
import dev.anvil.tags.TagColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A study whose pictures were made, checked and encoded once, on which models of different metrics
 * of the same pictures are judged: real ones, or those of simulated worlds (METHOD 7).
 */
public final class PreparedStudy {
  /** A column with more values is rather a name or a number than a kind of post. */
  private static final int MOST_VALUES = 20;

  private final StudyPictures pictures;
  private final Map<String, Marked> marked;
  private final EstimationSettings settings;

  /**
   * A prepared study.
   *
   * @param marked by factor, what its marks tell
   * @param settings how effects are estimated
   */
  PreparedStudy(StudyPictures pictures, Map<String, Marked> marked, EstimationSettings settings) {
    this.settings = requireNonNull(settings, "settings is null");
    this.marked = Map.copyOf(marked);
    this.pictures = requireNonNull(pictures, "pictures is null");
  }

  StudyPictures pictures() {
    return pictures;
  }

  public StudySpec spec() {
    return pictures.spec();
  }

  /** Where posts were published, of which a factor is told apart: columns of few values. */
  private static List<TagColumn> published(List<Post> posts, List<TagColumn> tags) {
    Set<String> factors = tags.stream().map(TagColumn::name).collect(Collectors.toSet());
    Set<String> names = new TreeSet<>();
    posts.forEach(post -> names.addAll(post.metadata().keySet()));
    return names.stream()
        .filter(name -> !factors.contains(name))
        .map(
            name ->
                new TagColumn(
                    name, posts.stream().map(p -> p.metadata().getOrDefault(name, "")).toList()))
        .filter(c -> c.levels().size() > 1 && c.levels().size() <= MOST_VALUES)
        .toList();
  }

  /** Which posts show a level. */
  @FunctionalInterface
  public interface Shows {
    boolean level(Post post, Factor factor, String level);
  }

  /**
   * What the marks of a factor tell.
   *
   * @param posts level by post, the empty text for none
   * @param variants what they tell of pictures whose level is known; empty where nobody looked
   */
  record Marked(Map<String, String> posts, List<Known> variants) {
    Marked {
      posts = Map.copyOf(posts);
      variants = List.copyOf(variants);
    }
  }

  /**
   * What posts show of a factor.
   *
   * @param column level of each post
   * @param how it was told, for people
   * @param mistaken how often it is told wrongly, where that was counted
   */
  public record Told(TagColumn column, String how, Optional<Confusion> mistaken) {}

  /** A study whose effects are corrected. */
  public final class Corrected {
    private final Set<String> factors;
    private final ScoreTable scores;
    private final Supplier<ScoreTable> permuted;
    private final List<Resampled> luck;

    private Corrected(
        Set<String> factors,
        ScoreTable scores,
        Supplier<ScoreTable> permuted,
        List<Resampled> luck) {
      this.factors = factors;
      this.scores = scores;
      this.permuted = permuted;
      this.luck = luck;
    }

    /** Names of the factors that could be corrected; of others the effects are as they were. */
    public Set<String> factors() {
      return factors;
    }

    /** One effect per contrast, placebos among them, in the study's order. */
    public List<Effect> effects() {
      return estimate(StudyPictures.with(luck, pictures.contrasts(scores)));
    }

    /** The same contrasts, but placebos, by refits to a target in random order. */
    public List<Effect> permuted() {
      return estimate(
          StudyPictures.with(luck, pictures.contrasts(permuted.get())).stream()
              .filter(d -> !d.placebo())
              .map(Differences::asPlacebo)
              .toList());
    }

    ScoreTable scores() {
      return scores;
    }
  }

  private List<Effect> estimate(List<Differences> contrasts) {
    return new EffectEstimator(settings).estimate(contrasts);
  }

  /**
   * What a model leaves of the targets of posts.
   *
   * @param own by its refits
   * @param resampled by each of its resampled ensembles
   */
  private record Rest(
      float[][] embeddings, LearnedPosts learned, double[] own, List<double[]> resampled) {}

  /** The study as one model sees it. Not safe for use from several threads. */
  public final class Judged {
    private final FittedModel model;
    private final StudyPictures seen;
    private final List<Post> posts;
    private final List<Differences> contrasts;
    private final Map<RefitEnsemble, Predicted> predicted = new HashMap<>();
    private Optional<Rest> known = Optional.empty();

    private Judged(FittedModel model, List<Post> posts) {
      this.model = model;
      this.posts = posts;
      this.seen = pictures.seenBy(model, posts);
      this.contrasts =
          StudyPictures.with(
              StudyPictures.luck(
                  model.resampled().stream()
                      .map(refits -> seen.contrasts(score(refits, Correction.NONE)))
                      .toList()),
              seen.contrasts(score(model.refits(), Correction.NONE)));
    }

    private ScoreTable score(RefitEnsemble refits, Correction correction) {
      return seen.score(
          predicted.computeIfAbsent(refits, seen::predict), model.transform(), correction);
    }

    /** One effect per contrast, placebos among them, in the study's order. */
    public List<Effect> effects() {
      return estimate(contrasts);
    }

    /**
     * The study once more, with effects corrected by what the tags of posts say of what refits that
     * never saw them leave.
     *
     * @param embeddings one row per post
     * @param tags what each post shows, by factor, and further columns to hold still
     */
    public Corrected correct(float[][] embeddings, List<TagColumn> tags) {
      return correct(embeddings, tags, Map.of());
    }

    private Corrected correct(
        float[][] embeddings, List<TagColumn> tags, Map<String, Confusion> mistaken) {
      Rest rest = rest(embeddings);
      Function<double[], Correction> correction =
          of -> seen.correction(of, rest.learned(), posts, tags, mistaken);
      Correction own = correction.apply(rest.own());
      List<List<Differences>> luck = new ArrayList<>();
      for (int k = 0; k < model.resampled().size(); k++) {
        luck.add(
            seen.contrasts(
                score(model.resampled().get(k), correction.apply(rest.resampled().get(k)))));
      }
      return new Corrected(
          own.factors(),
          score(model.refits(), own),
          () ->
              score(
                  model.permuted(),
                  correction.apply(rest.learned().permutedRest(model, Correction.SHARE))),
          StudyPictures.luck(luck));
    }

    /**
     * The study once more, with effects corrected by what was told of posts, where they were
     * published held still.
     *
     * @param told as {@link #found} tells it
     */
    public Corrected corrected(float[][] embeddings, List<Told> told) {
      List<TagColumn> tags = new ArrayList<>(told.stream().map(Told::column).toList());
      tags.addAll(published(posts, tags));
      Map<String, Confusion> mistaken = new HashMap<>();
      told.forEach(t -> t.mistaken().ifPresent(m -> mistaken.put(t.column().name(), m)));
      return correct(embeddings, tags, mistaken);
    }

    private Rest rest(float[][] embeddings) {
      if (known.isEmpty() || known.get().embeddings() != embeddings) {
        LearnedPosts learned = LearnedPosts.of(model, posts, embeddings);
        known =
            Optional.of(
                new Rest(
                    embeddings,
                    learned,
                    learned.rest(model.refits(), Correction.SHARE),
                    learned.resampledRest(model, Correction.SHARE)));
      }
      return known.get();
    }

    /** The study that is judged. */
    public StudySpec spec() {
      return pictures.spec();
    }

    List<Differences> contrasts() {
      return contrasts;
    }

    /**
     * What each post shows, by factor: as the marks of its levels and the study's variants tell it
     * alike, or as the one does that tells it at all. Factors that neither tells are left out.
     */
    public List<Told> found(float[][] embeddings) {
      List<Told> found = new ArrayList<>();
      for (LevelFinder.Found told : seen.find(model.features(embeddings, posts))) {
        String name = told.column().name();
        Marked byMarks = marked.get(name);
        if (byMarks != null) {
          TagColumn marks =
              new TagColumn(name, posts.stream().map(p -> byMarks.posts().get(p.id())).toList());
          found.add(
              told.isUsable()
                  ? new Told(
                      agreed(marks, told.column()),
                      "marks, where a classifier learned from the variants agrees",
                      Optional.empty())
                  : byMarks(marks, byMarks.variants()));
        } else if (told.isUsable()) {
          found.add(
              new Told(
                  told.column(),
                  String.format(
                      Locale.ROOT,
                      "a classifier learned from the variants, right for %.0f %% of them",
                      100 * told.accuracy()),
                  Optional.empty()));
        }
      }
      return found;
    }

    private Told byMarks(TagColumn marks, List<Known> variants) {
      if (variants.isEmpty()) {
        return new Told(marks, "marks", Optional.empty());
      }
      List<String> levels = List.copyOf(factor(marks.name()).levels().keySet());
      return new Told(
          marks,
          "marks, with allowance for how often they are wrong on the variants",
          Optional.of(Confusion.of(levels, variants, marks.values())));
    }

    /**
     * A level told wrongly hides part of what is left unexplained of it; a post left out costs
     * little.
     */
    private static TagColumn agreed(TagColumn marks, TagColumn classified) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < marks.values().size(); i++) {
        String level = marks.values().get(i);
        values.add(level.equals(classified.values().get(i)) ? level : "");
      }
      return new TagColumn(marks.name(), values);
    }

    /**
     * Calibrates every contrast but placebos and combinations, in the study's order.
     *
     * @param embeddings one row per post
     * @param shows which posts have what is planted
     */
    public List<Calibration> calibrate(
        float[][] embeddings, Shows shows, int threads, RunContext context) {
      Planter planter = Planter.of(model, LearnedPosts.of(model, posts, embeddings), threads);
      Planting planting = new Planting(model, planter, seen);
      boolean[] plantable = planter.plantable();
      List<Calibration> calibrations = new ArrayList<>();
      for (Differences contrast : contrasts) {
        if (!contrast.placebo() && !factor(contrast.factor()).combines()) {
          Factor factor = factor(contrast.factor());
          boolean[] onPosts = new boolean[posts.size()];
          for (int i = 0; i < onPosts.length; i++) {
            onPosts[i] = plantable[i] && shows.level(posts.get(i), factor, contrast.level());
          }
          boolean[] onSources = new boolean[seen.sources().size()];
          for (int i = 0; i < onSources.length; i++) {
            onSources[i] = shows.level(seen.sources().get(i).post(), factor, contrast.level());
          }
          calibrations.add(
              planting.calibrate(
                  contrast,
                  new Characteristic(
                      factor,
                      contrast.level(),
                      Mark.where(factor.name(), contrast.level()),
                      onPosts,
                      onSources),
                  context));
        }
      }
      return calibrations;
    }

    /**
     * A difference on the target's scale as a ratio minus one on the metric's, from where what the
     * level is compared with is predicted to be.
     */
    public Interval relative(String factor, String level, Interval target) {
      return new MetricScale(
              model.transform(), seen.sources(), score(model.refits(), Correction.NONE))
          .relative(factor(factor), level, target);
    }
  }

  /**
   * Judges a model.
   *
   * @param posts that it was fitted to
   */
  public Judged judge(FittedModel model, List<Post> posts) {
    return new Judged(model, List.copyOf(posts));
  }

  private Factor factor(String name) {
    return spec().factors().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }
}
