package dev.anvil.showroom;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.showroom.Scenario.Posting;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;

/**
 * A simulated metric on scenes whose true effects are known (docs/method.md section 7.2).
 *
 * <p>likes = base x ramp-up or growth x season x weekend x channel x country x product of (1 +
 * effect) over the factors x exp(noise), rounded.
 */
public final class World {
  private final WorldSpec spec;

  public World(WorldSpec spec) {
    this.spec = requireNonNull(spec, "spec is null");
  }

  /**
   * One simulated post.
   *
   * @param scene what it shows
   * @param times how often the scene was posted before
   * @param time when it was published
   * @param likes the metric, noise included
   */
  public record SimulatedPost(
      Scene scene, int times, LocalDateTime time, String channel, String country, long likes) {}

  public WorldSpec spec() {
    return spec;
  }

  /**
   * Publishes every scene once, in an order drawn from the seed.
   *
   * @param scenes base scenes; more than the ramp-up's posts
   * @param seed 0 for the world's own
   */
  public List<SimulatedPost> draw(List<Scene> scenes, long seed) {
    return draw(scenes, seed, Scenario.PLAIN);
  }

  /** Publishes the scenes that a scenario posts; parameters as above. */
  public List<SimulatedPost> draw(List<Scene> scenes, long seed, Scenario scenario) {
    requireKnownLevels(scenes);
    long drawSeed = seed == 0 ? spec.seed() : seed;
    List<Posting> order = scenario.posted(scenes, spec.rampUpPosts(), drawSeed);
    if (order.size() <= spec.rampUpPosts()) {
      throw new InvalidInputException(
          spec.name(),
          "there are %d scenes; expected more than the %d posts of the ramp-up"
              .formatted(order.size(), spec.rampUpPosts()));
    }
    List<SimulatedPost> posts = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      Scene scene = order.get(i).scene();
      SplittableRandom random = order.get(i).random(drawSeed, "post");
      LocalDateTime time = time(i, order.size(), random);
      String channel = pick(spec.channels(), random.nextDouble());
      String country = pick(spec.countries(), random.nextDouble());
      double expected =
          spec.base()
              * level(time.toLocalDate())
              * (1 + spec.channels().get(channel).effect())
              * (1 + spec.countries().get(country).effect())
              * appeal(scene, scenario, (i + .5) / order.size());
      double likes = expected * Math.exp(spec.noise() * scenario.noise(random));
      posts.add(
          new SimulatedPost(
              scene, order.get(i).times(), time, channel, country, Math.round(likes)));
    }
    return posts;
  }

  /** What the picture alone multiplies the metric by; 1 for levels without an effect. */
  public double appeal(Scene scene) {
    return appeal(scene, Scenario.PLAIN);
  }

  /** The same in the worlds of a scenario, in the middle of their time. */
  public double appeal(Scene scene, Scenario scenario) {
    return appeal(scene, scenario, .5);
  }

  private double appeal(Scene scene, Scenario scenario, double share) {
    double product = scenario.interaction().map(both -> both.factor(scene)).orElse(1.0);
    for (var factor : spec.effects().entrySet()) {
      product *=
          1
              + scenario.strength(factor.getKey(), share)
                  * factor.getValue().getOrDefault(scene.levels().get(factor.getKey()), 0.0);
    }
    return product;
  }

  /** The true relative effect of one level against another: .25 is a quarter more. */
  public double effect(String factor, String level, String reference) {
    SortedMap<String, Double> levels = levels(factor);
    return (1 + known(levels, factor, level)) / (1 + known(levels, factor, reference)) - 1;
  }

  /** The true relative effect of a level against the mean over these levels. */
  public double effectAgainstAverage(String factor, String level, List<String> levels) {
    SortedMap<String, Double> all = levels(factor);
    double mean =
        levels.stream().mapToDouble(l -> 1 + known(all, factor, l)).average().orElseThrow();
    return (1 + known(all, factor, level)) / mean - 1;
  }

  private SortedMap<String, Double> levels(String factor) {
    SortedMap<String, Double> levels = spec.effects().get(factor);
    if (levels == null) {
      throw new IllegalArgumentException(
          "factor is \"%s\"; expected one of %s".formatted(factor, spec.effects().keySet()));
    }
    return levels;
  }

  private static double known(SortedMap<String, Double> levels, String factor, String level) {
    Double effect = levels.get(level);
    if (effect == null) {
      throw new IllegalArgumentException(
          "level of %s is \"%s\"; expected one of %s".formatted(factor, level, levels.keySet()));
    }
    return effect;
  }

  private void requireKnownLevels(List<Scene> scenes) {
    List<Problem> problems = new ArrayList<>();
    for (Scene scene : scenes) {
      spec.effects()
          .forEach(
              (factor, levels) -> {
                String level = scene.levels().get(factor);
                if (level == null || !levels.containsKey(level)) {
                  problems.add(
                      new Problem(
                          "scene " + scene.id(),
                          "%s is \"%s\"; expected one of %s"
                              .formatted(factor, level, levels.keySet())));
                }
              });
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private LocalDateTime time(int index, int count, SplittableRandom random) {
    boolean rampUp = index < spec.rampUpPosts();
    LocalDate from = rampUp ? spec.begins() : spec.levelsOff();
    LocalDate to = rampUp ? spec.levelsOff() : spec.ends();
    int n = rampUp ? spec.rampUpPosts() : count - spec.rampUpPosts();
    int i = rampUp ? index : index - spec.rampUpPosts();
    double days = ChronoUnit.DAYS.between(from, to);
    long day = (long) Math.min(days - 1, (i + random.nextDouble()) * days / n);
    return from.plusDays(day).atTime(7 + random.nextInt(15), random.nextInt(60));
  }

  private double level(LocalDate date) {
    double years = ChronoUnit.DAYS.between(spec.levelsOff(), date) / 365.25;
    double trend;
    if (years < 0) {
      double rampYears = ChronoUnit.DAYS.between(spec.begins(), spec.levelsOff()) / 365.25;
      trend = Math.exp(Math.log(spec.rampUpFrom()) * -years / rampYears);
    } else {
      trend = Math.pow(1 + spec.growthPerYear(), years);
    }
    double season =
        1 + spec.season() * Math.cos(2 * Math.PI * (date.getDayOfYear() - 172) / 365.25);
    DayOfWeek day = date.getDayOfWeek();
    boolean weekend = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    return trend * season * (weekend ? 1 + spec.weekend() : 1);
  }

  private static String pick(SortedMap<String, WorldSpec.Group> groups, double u) {
    double left = u * groups.values().stream().mapToDouble(WorldSpec.Group::share).sum();
    for (var group : groups.entrySet()) {
      left -= group.getValue().share();
      if (left < 0) {
        return group.getKey();
      }
    }
    return groups.lastKey();
  }

  static <T> List<T> shuffled(List<T> things, SplittableRandom random) {
    List<T> order = new ArrayList<>(things);
    for (int i = order.size() - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order;
  }
}
