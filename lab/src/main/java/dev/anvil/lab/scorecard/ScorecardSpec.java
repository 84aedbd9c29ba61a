package dev.anvil.lab.scorecard;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.showroom.Scenario;
import dev.anvil.text.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A scorecard file.
 *
 * @param format always {@code scorecard/1}
 * @param world file of the world that scenarios vary, relative to this file
 * @param studies method to study; the first one's contrasts are asked of methods that edit nothing
 *     too
 * @param calibrate studies whose effects are calibrated by planting too
 * @param seed from which the worlds' seeds are derived
 * @param worlds of each scenario
 * @param slowWorlds of each scenario in which the slow methods take part too: calibration and text
 *     probing, of which each takes as long as all others
 * @param settings by the name of a scenario, how the product meets its worlds, where that is not as
 *     in the others
 * @param shows by factor and level of a study, what the scenes call it, where they call it
 *     otherwise: a removal shows person none
 * @param encoder pack that encodes the pictures; Anvil's own where it is left out
 * @param segmenter pack that finds elements; the bundled one where it is left out
 */
public record ScorecardSpec(
    @JsonProperty("anvil") String format,
    String name,
    String world,
    Map<String, JudgedStudy> studies,
    List<String> calibrate,
    long seed,
    int worlds,
    int slowWorlds,
    List<Scenario> scenarios,
    Map<String, Setting> settings,
    Map<String, Map<String, Scenario.Level>> shows,
    Optional<String> encoder,
    Optional<String> segmenter) {
  /**
   * How the product meets the worlds of a scenario.
   *
   * @param regressor that scores variants; empty for the scorecard's
   * @param segmenter errors that it makes beyond its own
   * @param studies that take part, the first of which methods that edit nothing are asked too;
   *     empty for all
   */
  public record Setting(
      Optional<Forced> regressor, Optional<SegmenterErrors> segmenter, List<String> studies) {
    static final Setting USUAL = new Setting(Optional.empty(), Optional.empty(), List.of());

    public Setting {
      regressor = regressor == null ? Optional.empty() : regressor;
      segmenter = segmenter == null ? Optional.empty() : segmenter;
      studies = studies == null ? List.of() : List.copyOf(studies);
    }
  }

  /** A regressor that is forced. */
  public enum Forced {
    @JsonProperty("ridge")
    RIDGE,
    @JsonProperty("trees")
    TREES
  }

  public ScorecardSpec {
    studies = Collections.unmodifiableMap(new LinkedHashMap<>(studies));
    calibrate = calibrate == null ? List.of() : List.copyOf(calibrate);
    scenarios = List.copyOf(scenarios);
    settings = settings == null ? Map.of() : new TreeMap<>(settings);
    shows = shows == null ? Map.of() : new TreeMap<>(shows);
    encoder = encoder == null ? Optional.empty() : encoder;
    segmenter = segmenter == null ? Optional.empty() : segmenter;
  }

  Setting setting(Scenario scenario) {
    return settings.getOrDefault(scenario.name(), Setting.USUAL);
  }

  /** The same with another number of worlds of each scenario. */
  public ScorecardSpec withWorlds(int number) {
    return new ScorecardSpec(
        format,
        name,
        world,
        studies,
        calibrate,
        seed,
        number,
        slowWorlds,
        scenarios,
        settings,
        shows,
        encoder,
        segmenter);
  }

  /** Reads and checks a scorecard file. */
  public static ScorecardSpec read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          file.toString(), "file does not exist; expected a scorecard file");
    }
    ScorecardSpec spec =
        Documents.yaml(
            file,
            YAMLMapper.builder()
                .addModule(new Jdk8Module())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES),
            ScorecardSpec.class);
    spec.check(file.toString());
    return spec;
  }

  private void check(String file) {
    List<Problem> problems = new ArrayList<>();
    if (!"scorecard/1".equals(format)) {
      problems.add(new Problem(file, "anvil is %s; expected scorecard/1".formatted(format)));
    }
    if (worlds < 1) {
      problems.add(new Problem(file, "worlds is %d; expected 1 or more".formatted(worlds)));
    }
    if (slowWorlds < 0) {
      problems.add(
          new Problem(file, "slow_worlds is %d; expected 0 or more".formatted(slowWorlds)));
    }
    if (!studies.keySet().containsAll(calibrate)) {
      problems.add(
          new Problem(
              file, "calibrate is %s; expected some of %s".formatted(calibrate, studies.keySet())));
    }
    if (studies.isEmpty() || scenarios.isEmpty()) {
      problems.add(new Problem(file, "expected at least one study and one scenario"));
    }
    if (scenarios.stream().map(Scenario::name).distinct().count() < scenarios.size()) {
      problems.add(new Problem(file, "two scenarios have one name; expected different ones"));
    }
    List<String> names = scenarios.stream().map(Scenario::name).toList();
    if (!names.containsAll(settings.keySet())) {
      problems.add(
          new Problem(
              file, "settings are of %s; expected some of %s".formatted(settings.keySet(), names)));
    }
    settings.forEach(
        (scenario, setting) -> {
          if (!studies.keySet().containsAll(setting.studies())) {
            problems.add(
                new Problem(
                    file,
                    "settings, %s: studies are %s; expected some of %s"
                        .formatted(scenario, setting.studies(), studies.keySet())));
          }
        });
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }
}
