package dev.anvil.lab.scorecard;

import static java.util.Objects.requireNonNull;

import dev.anvil.Seeds;
import dev.anvil.Sha256;
import dev.anvil.engine.request.StudyText;
import dev.anvil.lab.Showroom;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.XgBoost;
import dev.anvil.showroom.Scenario;
import dev.anvil.showroom.WorldSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a scorecard is to do, read from its files.
 *
 * @param spec of the scorecard
 * @param world that scenarios vary
 * @param studies by the name of their method
 * @param trainer of the regressors that score variants, where no setting forces another
 * @param key hash of what the scores of a world depend on, 12 hexadecimal digits
 */
public record ScorecardPlan(
    ScorecardSpec spec,
    WorldSpec world,
    Map<String, StudyText> studies,
    Trainer trainer,
    String key) {

  public ScorecardPlan {
    requireNonNull(spec, "spec is null");
    requireNonNull(world, "world is null");
    requireNonNull(studies, "studies is null");
    requireNonNull(trainer, "trainer is null");
    requireNonNull(key, "key is null");
  }

  /** A simulated world that is to be judged. */
  public record World(Scenario scenario, long seed, boolean slow, String name) {}

  /**
   * Reads the files.
   *
   * @param packs ids of the networks, by name
   * @throws dev.anvil.InvalidInputException when one cannot be used
   */
  public static ScorecardPlan read(ScorecardRequest request, Map<String, String> packs)
      throws IOException {
    ScorecardSpec read = ScorecardSpec.read(request.file());
    Path folder = request.file().getParent();
    Map<String, StudyText> studies = new LinkedHashMap<>();
    StringBuilder texts = new StringBuilder();
    for (Map.Entry<String, JudgedStudy> judged : read.studies().entrySet()) {
      StudyText study = judged.getValue().read(folder);
      studies.put(judged.getKey(), study);
      texts.append(study.text());
    }
    Path world = folder.resolve(read.world());
    Trainer trainer = request.trees() ? XgBoost.light(1, read.seed()) : Ridge.chosen();
    String inputs =
        read.withWorlds(1)
            + texts.toString()
            + Files.readString(world)
            + Files.readString(new Showroom(request.showroom()).scenes())
            + trainer.name()
            + trainer.settings()
            + packs;
    return new ScorecardPlan(
        request.worlds().map(read::withWorlds).orElse(read),
        WorldSpec.read(world),
        studies,
        trainer,
        Sha256.of(inputs).substring(0, 12));
  }

  /** The worlds, in order: the first of every scenario, then the second, and so on. */
  public List<World> worlds() {
    return worlds(spec);
  }

  static List<World> worlds(ScorecardSpec spec) {
    List<World> worlds = new ArrayList<>();
    for (int k = 0; k < spec.worlds(); k++) {
      for (Scenario scenario : spec.scenarios()) {
        worlds.add(
            new World(
                scenario,
                Seeds.derive(spec.seed(), scenario.name(), k),
                k < spec.slowWorlds(),
                scenario.name().replaceAll("[^A-Za-z0-9]+", "-") + "-" + k));
      }
    }
    return worlds;
  }

  /** The folder of a workspace that takes what comes of it. */
  public Path folder(Path workspace) {
    return workspace.resolve("scorecards").resolve(key);
  }
}
