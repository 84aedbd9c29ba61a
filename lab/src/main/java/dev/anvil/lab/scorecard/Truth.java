package dev.anvil.lab.scorecard;

import dev.anvil.showroom.Scenario;
import dev.anvil.showroom.Scenario.Level;
import dev.anvil.showroom.Scene;
import dev.anvil.showroom.World;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.spec.StudySpec;
import java.util.List;
import java.util.Map;

/**
 * What is true of the contrasts of a study in a world: the change of what the study's sources get,
 * all of them together.
 *
 * @param scenes by id; a study that names no sources is about all of them
 * @param shows by factor and level, what scenes call it, where they call it otherwise
 */
record Truth(
    World world,
    Scenario scenario,
    Map<String, Scene> scenes,
    Map<String, Map<String, Level>> shows) {
  private static final double ROUND = 1e12;

  /** Relative effect, as a ratio minus one; 0 for a placebo. */
  double of(Effect effect, StudySpec study) {
    return effect.placebo() ? 0 : of(effect.factor(), effect.level(), effect.reference(), study);
  }

  /** Of an untouched source only those that do not show the level already. */
  double of(String factor, String level, String reference, StudySpec study) {
    List<String> levels =
        study.factors().stream()
            .filter(f -> f.name().equals(factor))
            .findFirst()
            .map(f -> List.copyOf(f.levels().keySet()))
            .orElseThrow();
    double with = 0;
    double without = 0;
    for (Scene source : sources(study)) {
      Scene edited = edited(source, factor, level);
      if (!reference.equals(StudySpec.CONTROL)) {
        without +=
            (reference.equals(StudySpec.AVERAGE) ? levels : List.of(reference))
                .stream()
                    .mapToDouble(l -> world.appeal(edited(source, factor, l), scenario))
                    .average()
                    .orElseThrow();
        with += world.appeal(edited, scenario);
      } else if (!edited.equals(source)) {
        without += world.appeal(source, scenario);
        with += world.appeal(edited, scenario);
      }
    }
    return Math.round((with / without - 1) * ROUND) / ROUND; // what is nothing is 0 exactly
  }

  /** What scenes call a level of a study. */
  Level level(String factor, String level) {
    Level shown =
        shows.getOrDefault(factor, Map.of()).getOrDefault(level, new Level(factor, level));
    Map<String, Double> effects = world.spec().effects().get(shown.factor());
    if (effects == null || !effects.containsKey(shown.level())) {
      throw new IllegalArgumentException(
          "the world has no effect of %s %s".formatted(shown.factor(), shown.level()));
    }
    return shown;
  }

  private Scene edited(Scene source, String factor, String level) {
    Level shown = level(factor, level);
    return source.with(shown.factor(), shown.level());
  }

  private List<Scene> sources(StudySpec study) {
    List<String> ids = study.sources().ids();
    return ids.isEmpty()
        ? List.copyOf(scenes.values())
        : ids.stream().filter(scenes::containsKey).map(scenes::get).toList();
  }
}
