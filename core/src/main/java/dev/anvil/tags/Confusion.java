package dev.anvil.tags;

import dev.anvil.InvalidInputException;
import dev.anvil.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Errors of inferred labels, counted where the truth is known, and what can be said of the true
 * levels all the same.
 *
 * <p>How common levels are among posts is not how common they are where mistakes were counted. It
 * is found from what was inferred of posts by expectation maximisation (Saerens, Latinne and
 * Decaestecker 2002, Neural Computation 14).
 */
public final class Confusion {
  /** Of a mistake that was never seen, in pictures. */
  private static final double UNSEEN = .1;

  /** Posts that each level is taken to have beforehand: keeps levels apart that look alike. */
  private static final double BEFOREHAND = 10;

  private static final int STEPS = 500;

  /**
   * Of the means of levels, one over their standard deviation beforehand, in that of one post: far
   * larger than effects are, so that it counts only where labels hardly tell levels apart.
   */
  private static final double PRIOR = .5;

  /**
   * Sources that mistakes are resampled as if counted on, at most: mistakes on posts are not those
   * on what was made of them. On the showroom they differ by as much as two counts on so many
   * sources would.
   */
  private static final int SOURCES = 10;

  private final List<String> levels;
  private final List<String> inferred;
  private final double[][] shares;
  private final int[] posts;
  private final LongFunction<Confusion> again;

  private Confusion(
      List<String> levels,
      List<String> inferred,
      double[][] shares,
      int[] posts,
      LongFunction<Confusion> again) {
    this.levels = List.copyOf(levels);
    this.inferred = List.copyOf(inferred);
    this.shares = shares;
    this.posts = posts;
    this.again = again;
  }

  /** Mistakes as other known pictures might have shown them. */
  public Confusion resampled(long seed) {
    return again.apply(seed);
  }

  /** By source of a picture, how much it counts. */
  @FunctionalInterface
  private interface Weights {
    Weights ALIKE = source -> 1;

    double of(int source);

    /** Rubin 1981, the Bayesian bootstrap. */
    static Weights random(long seed) {
      return source -> -Math.log(1 - Seeds.random(seed, "source", source).nextDouble());
    }

    /** A bootstrap of few sources. */
    static Weights ofDrawn(List<Integer> sources, int draws, long seed) {
      SplittableRandom random = Seeds.random(seed, "sources");
      Map<Integer, Integer> drawn = new HashMap<>();
      for (int k = 0; k < draws; k++) {
        drawn.merge(sources.get(random.nextInt(sources.size())), 1, Integer::sum);
      }
      return source -> drawn.getOrDefault(source, 0);
    }
  }

  /**
   * A picture whose level is known.
   *
   * @param level that it shows
   * @param inferred of it
   * @param source number of what it was made from: pictures of one source are alike
   */
  public record Labelled(String level, String inferred, int source) {}

  /**
   * A post.
   *
   * @param inferred level of it; the empty text where nothing was
   * @param known level of it, where somebody looked; the empty text for none of the factor's levels
   */
  public record PartlyKnown(String inferred, Optional<String> known) {
    /** The level to go by. */
    public String label() {
      return known.orElse(inferred);
    }
  }

  /**
   * Counts mistakes on posts whose level is known. These posts are labelled right; of the others,
   * as many are taken to be wrong as of those known posts of which the same was inferred. One post
   * more is counted as right, so that nothing known means that labels are taken as they are.
   *
   * @param levels of the factor
   */
  public static Confusion counted(List<String> levels, List<PartlyKnown> posts) {
    return counted(levels, posts, Weights.ALIKE);
  }

  private static Confusion counted(List<String> levels, List<PartlyKnown> posts, Weights weights) {
    List<String> truths = new ArrayList<>(levels);
    if (posts.stream().anyMatch(post -> post.known().filter(String::isEmpty).isPresent())) {
      truths.add("");
    }
    List<String> labels =
        posts.stream()
            .flatMap(post -> Stream.of(post.label(), post.inferred()))
            .distinct()
            .sorted()
            .toList();
    int[][] shown = new int[labels.size()][truths.size()];
    double[][] ofInferred = new double[labels.size()][truths.size()];
    for (int t = 0; t < labels.size(); t++) {
      int right = truths.indexOf(labels.get(t));
      if (right >= 0) {
        ofInferred[t][right] = 1;
      }
    }
    int[] unknown = new int[labels.size()];
    for (int i = 0; i < posts.size(); i++) {
      PartlyKnown post = posts.get(i);
      int inferred = labels.indexOf(post.inferred());
      if (post.known().isPresent()) {
        int level = truths.indexOf(post.known().get());
        ofInferred[inferred][level] += weights.of(i);
        shown[labels.indexOf(post.known().get())][level]++;
      } else {
        unknown[inferred]++;
      }
    }
    int[] all = new int[labels.size()];
    double[][] shares = new double[labels.size()][truths.size()];
    for (int t = 0; t < labels.size(); t++) {
      double looked = Arrays.stream(ofInferred[t]).sum();
      // of a label of which nothing is known, nothing can be learned
      int others = looked > 0 ? unknown[t] : 0;
      all[t] = others + Arrays.stream(shown[t]).sum();
      for (int l = 0; l < truths.size() && all[t] > 0; l++) {
        double ofOthers = looked > 0 ? ofInferred[t][l] / looked : 0;
        shares[t][l] = (others * ofOthers + shown[t][l]) / all[t];
      }
    }
    return new Confusion(
        truths, labels, shares, all, seed -> counted(levels, posts, Weights.random(seed)));
  }

  /**
   * Counts mistakes on other pictures than posts. What is resampled allows for these being mistaken
   * otherwise.
   *
   * @param levels each of which some known picture shows
   * @param ofPosts what was inferred of each post
   */
  public static Confusion of(List<String> levels, List<Labelled> known, List<String> ofPosts) {
    return of(levels, known, ofPosts, Weights.ALIKE);
  }

  private static Confusion of(
      List<String> levels, List<Labelled> known, List<String> ofPosts, Weights weights) {
    List<String> inferred =
        List.copyOf(
            new TreeSet<>(
                Stream.concat(known.stream().map(Labelled::inferred), ofPosts.stream()).toList()));
    double[][] chances = new double[levels.size()][inferred.size()];
    for (double[] row : chances) {
      Arrays.fill(row, UNSEEN);
    }
    for (Labelled picture : known) {
      chances[levels.indexOf(picture.level())][inferred.indexOf(picture.inferred())] +=
          weights.of(picture.source());
    }
    for (String level : levels) {
      if (known.stream().noneMatch(picture -> picture.level().equals(level))) {
        throw new InvalidInputException(
            "level " + level, "is shown by no known picture; expected some");
      }
    }
    for (double[] row : chances) {
      double sum = Arrays.stream(row).sum();
      Arrays.setAll(row, t -> row[t] / sum);
    }
    int[] posts = new int[inferred.size()];
    ofPosts.forEach(t -> posts[inferred.indexOf(t)]++);
    return new Confusion(
        levels,
        inferred,
        shares(chances, posts),
        posts,
        seed -> of(levels, known, ofPosts, drawn(known, seed)));
  }

  private static Weights drawn(List<Labelled> known, long seed) {
    List<Integer> sources = known.stream().map(Labelled::source).distinct().toList();
    return Weights.ofDrawn(sources, Math.min(SOURCES, sources.size()), seed);
  }

  private static double[][] shares(double[][] chances, int[] posts) {
    int levels = chances.length;
    double[] common = new double[levels];
    Arrays.fill(common, 1.0 / levels);
    double all = Arrays.stream(posts).sum() + levels * BEFOREHAND;
    double[][] shares = new double[posts.length][levels];
    for (int step = 0; step < STEPS; step++) {
      double[] next = new double[levels];
      Arrays.fill(next, BEFOREHAND / all);
      for (int t = 0; t < posts.length; t++) {
        double sum = 0;
        for (int l = 0; l < levels; l++) {
          shares[t][l] = common[l] * chances[l][t];
          sum += shares[t][l];
        }
        for (int l = 0; l < levels; l++) {
          shares[t][l] /= sum;
          next[l] += posts[t] * shares[t][l] / all;
        }
      }
      common = next;
    }
    return shares;
  }

  /** Of posts of which something is inferred, the share that shows a level. */
  public double share(String ofInferred, String level) {
    return shares[inferred.indexOf(ofInferred)][levels.indexOf(level)];
  }

  /** What is inferred of most posts. */
  public String commonest() {
    int most = 0;
    for (int t = 1; t < posts.length; t++) {
      most = posts[t] > posts[most] ? t : most;
    }
    return inferred.get(most);
  }

  /**
   * How little posts tell of some levels: for each the variance of its mean less that of all of
   * them, as {@link #unmix} finds it, in variances of one post. Levels that inference mixes up, or
   * that next to no post shows, have large ones, up to infinity.
   *
   * @param some of the levels, two or more
   * @param leftOut further levels, taken to be shown by no post
   * @param regressed of how many posts each label was inferred whose means are unmixed
   */
  public Map<String, Double> variances(
      List<String> some, Collection<String> leftOut, Map<String, Integer> regressed) {
    int[] kept =
        IntStream.range(0, levels.size()).filter(l -> !leftOut.contains(levels.get(l))).toArray();
    List<String> names = Arrays.stream(kept).mapToObj(levels::get).toList();
    DMatrixRMaj information = new DMatrixRMaj(kept.length, kept.length);
    for (int t = 0; t < shares.length; t++) {
      int count = regressed.getOrDefault(inferred.get(t), 0);
      for (int a = 0; a < kept.length; a++) {
        for (int b = 0; b < kept.length; b++) {
          information.add(a, b, count * shares[t][kept[a]] * shares[t][kept[b]]);
        }
      }
    }
    DMatrixRMaj inverse = new DMatrixRMaj(kept.length, kept.length);
    boolean regular = CommonOps_DDRM.invert(information, inverse);
    Map<String, Double> variances = new HashMap<>();
    for (String level : some) {
      DMatrixRMaj contrast = new DMatrixRMaj(kept.length, 1);
      some.forEach(l -> contrast.add(names.indexOf(l), 0, -1. / some.size()));
      contrast.add(names.indexOf(level), 0, 1);
      DMatrixRMaj solved = new DMatrixRMaj(kept.length, 1);
      CommonOps_DDRM.mult(inverse, contrast, solved);
      double variance = CommonOps_DDRM.dot(contrast, solved);
      // rounding makes a singular matrix one with any inverse
      variances.put(level, regular && variance >= 0 ? variance : Double.POSITIVE_INFINITY);
    }
    return variances;
  }

  /**
   * Means at true levels from means at what was inferred, least squares with posts as weights.
   * Levels that cannot be told apart are drawn together, to 0.
   *
   * @param means by what was inferred, in standard deviations of one post; of others nothing is
   *     known
   */
  public Map<String, Double> unmix(Map<String, Double> means) {
    int known = (int) inferred.stream().filter(means::containsKey).count();
    DMatrixRMaj mixed = new DMatrixRMaj(known + levels.size(), levels.size());
    DMatrixRMaj seen = new DMatrixRMaj(known + levels.size(), 1);
    int row = 0;
    for (int t = 0; t < shares.length; t++) {
      if (means.containsKey(inferred.get(t))) {
        double weight = Math.sqrt(posts[t]);
        for (int l = 0; l < levels.size(); l++) {
          mixed.set(row, l, weight * shares[t][l]);
        }
        seen.set(row++, 0, weight * means.get(inferred.get(t)));
      }
    }
    for (int l = 0; l < levels.size(); l++) {
      mixed.set(row++, l, PRIOR);
    }
    DMatrixRMaj inverse = new DMatrixRMaj(levels.size(), known + levels.size());
    CommonOps_DDRM.pinv(mixed, inverse);
    DMatrixRMaj solved = new DMatrixRMaj(levels.size(), 1);
    CommonOps_DDRM.mult(inverse, seen, solved);
    Map<String, Double> out = new TreeMap<>();
    for (int l = 0; l < levels.size(); l++) {
      out.put(levels.get(l), solved.get(l));
    }
    return out;
  }
}
