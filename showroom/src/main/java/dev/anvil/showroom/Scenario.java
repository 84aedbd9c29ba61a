package dev.anvil.showroom;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * How the worlds of a scorecard differ from the world they are made of: whose effects there are and
 * how large, which pictures are posted, when, and with what noise (docs/method.md section 7.2).
 *
 * @param name shown to people
 * @param scale of the effects; 0 for none
 * @param factors that have effects; empty for all
 * @param together two characteristics that are mostly posted together
 * @param late a characteristic that is mostly posted late
 * @param rare a characteristic that few posts have
 * @param tails degrees of freedom of Student's t for the noise, more than 2; empty for Gaussian
 *     noise. Its standard deviation is the world's either way
 * @param changing a factor whose effects grow from nothing to twice themselves over the years
 * @param posts after the ramp-up; empty for as many as there are pictures. Where there are fewer
 *     pictures than that, pictures are posted again, all as often before one is posted once more
 * @param interaction two characteristics whose effects do not multiply
 */
public record Scenario(
    String name,
    double scale,
    List<String> factors,
    Optional<Together> together,
    Optional<Level> late,
    Optional<Rare> rare,
    Optional<Integer> tails,
    Optional<String> changing,
    Optional<Integer> posts,
    Optional<Interaction> interaction) {
  /** As the world file says. */
  public static final Scenario PLAIN =
      new Scenario(
          "plain",
          1,
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** A characteristic: one level of a factor. */
  public record Level(String factor, String level) {
    boolean in(Scene scene) {
      return level.equals(scene.levels().get(factor));
    }
  }

  /**
   * Pictures with one of two characteristics, not both, are posted seldom.
   *
   * @param keep share of them that is posted
   */
  public record Together(Level first, Level second, double keep) {}

  /**
   * A characteristic that few posts have.
   *
   * @param share of all posts
   */
  public record Rare(String factor, String level, double share) {
    boolean in(Scene scene) {
      return new Level(factor, level).in(scene);
    }
  }

  /**
   * What pictures with both characteristics get beyond the product of the two effects.
   *
   * @param effect a ratio minus one, more than -1
   */
  public record Interaction(Level first, Level second, double effect) {
    public Interaction {
      if (!(effect > -1)) {
        throw new InvalidInputException(
            "interaction", "effect is %s; expected more than -1".formatted(effect));
      }
    }

    double factor(Scene scene) {
      return first.in(scene) && second.in(scene) ? 1 + effect : 1;
    }
  }

  /**
   * A scene that is posted.
   *
   * @param times how often it was posted before
   */
  record Posting(Scene scene, int times) {
    SplittableRandom random(long seed, String what) {
      return times == 0
          ? Seeds.random(seed, what, scene.id())
          : Seeds.random(seed, what, scene.id(), times);
    }
  }

  public Scenario {
    requireNonNull(name, "name is null");
    factors = factors == null ? List.of() : List.copyOf(factors);
    together = together == null ? Optional.empty() : together;
    late = late == null ? Optional.empty() : late;
    rare = rare == null ? Optional.empty() : rare;
    tails = tails == null ? Optional.empty() : tails;
    changing = changing == null ? Optional.empty() : changing;
    posts = posts == null ? Optional.empty() : posts;
    interaction = interaction == null ? Optional.empty() : interaction;
  }

  /**
   * A world of this scenario: the effects of each factor are dealt to its levels anew, all with one
   * sign or the other, and scaled.
   */
  public WorldSpec world(WorldSpec from, long seed) {
    SortedMap<String, SortedMap<String, Double>> effects = new TreeMap<>();
    from.effects()
        .forEach(
            (factor, levels) -> {
              SplittableRandom random = Seeds.random(seed, "effects", factor);
              double strength = factors.isEmpty() || factors.contains(factor) ? scale : 0;
              double sign = random.nextBoolean() ? 1 : -1;
              List<Double> dealt = World.shuffled(List.copyOf(levels.values()), random);
              SortedMap<String, Double> drawn = new TreeMap<>();
              int next = 0;
              for (String level : levels.keySet()) {
                drawn.put(level, sign * strength * dealt.get(next++));
              }
              effects.put(factor, drawn);
            });
    return from.with(name, seed, effects);
  }

  /**
   * Scenes that are posted, in the order of their dates.
   *
   * @param rampUp posts of the ramp-up
   */
  List<Posting> posted(List<Scene> scenes, int rampUp, long seed) {
    Map<Posting, Double> when = new LinkedHashMap<>();
    round(scenes, 0, seed, when);
    int wanted = posts.map(n -> n + rampUp).orElse(when.size());
    for (int times = 1; when.size() < wanted; times++) {
      int before = when.size();
      round(scenes, times, seed, when);
      if (when.size() == before) {
        throw new InvalidInputException(
            "scenario \"%s\", posts".formatted(name),
            "found %d; expected fewer, since none of the %d pictures is posted"
                .formatted(wanted - rampUp, scenes.size()));
      }
    }
    List<Posting> chosen = new ArrayList<>(List.copyOf(when.keySet()).subList(0, wanted));
    if (late.isPresent()) {
      chosen.sort(Comparator.comparing(when::get));
    }
    return chosen;
  }

  /** Adds the scenes that are posted once more, each with its place in time, 0 to 1. */
  private void round(List<Scene> scenes, int times, long seed, Map<Posting, Double> when) {
    double keepRare = rare.map(r -> keep(scenes, r)).orElse(1.0);
    SplittableRandom order =
        times == 0 ? Seeds.random(seed, "order") : Seeds.random(seed, "order", times);
    for (Scene scene : World.shuffled(scenes, order)) {
      Posting posting = new Posting(scene, times);
      SplittableRandom random = posting.random(seed, "posted");
      double keep =
          together
              .filter(t -> t.first().in(scene) != t.second().in(scene))
              .map(Together::keep)
              .orElse(1.0);
      keep *= rare.filter(r -> r.in(scene)).isPresent() ? keepRare : 1;
      boolean posted = random.nextDouble() < keep;
      double place = random.nextDouble();
      if (posted) {
        when.put(posting, late.filter(l -> l.in(scene)).isPresent() ? Math.pow(place, .2) : place);
      }
    }
  }

  private static double keep(List<Scene> scenes, Rare rare) {
    double with = scenes.stream().filter(rare::in).count();
    return Math.min(1, rare.share() * (scenes.size() - with) / ((1 - rare.share()) * with));
  }

  /** One draw of the noise, of standard deviation 1. */
  double noise(SplittableRandom random) {
    double gaussian = random.nextGaussian();
    if (tails.isEmpty()) {
      return gaussian;
    }
    int df = tails.get();
    double squares = 0;
    for (int i = 0; i < df; i++) {
      double g = random.nextGaussian();
      squares += g * g;
    }
    return gaussian / Math.sqrt(squares / df) * Math.sqrt((df - 2.0) / df);
  }

  /** What the effects of a factor are multiplied by. */
  double strength(String factor, double share) {
    return changing.filter(factor::equals).isPresent() ? 2 * share : 1;
  }
}
