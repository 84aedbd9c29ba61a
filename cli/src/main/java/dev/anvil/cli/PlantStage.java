package dev.anvil.cli;

import dev.anvil.predict.FittedModel;
import dev.anvil.study.PlantRunner;
import dev.anvil.study.plant.PlantResult;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.store.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Plants effects and looks for them on a study's variants. */
final class PlantStage {
  static final String COMMAND = "plant";
  private static final String RESULT = "plant";

  private PlantStage() {}

  static Run run(Session session, Path file, PlantRunner.Request request) throws IOException {
    StudySpec spec = StudyFile.read(file);
    Run model = Studying.model(session, spec);
    Map<String, String> arguments = new TreeMap<>(Studying.arguments(session, file, model));
    arguments.put("factor", request.factor());
    arguments.put("level", request.level());
    arguments.put("mark", request.mark().map(Object::toString).orElse("of the study"));
    arguments.put("truth", request.truth().map(Object::toString).orElse("unknown"));
    arguments.put("times", request.times().toString());
    return Stage.run(
        session,
        COMMAND,
        arguments,
        spec.seed(),
        run -> {
          FittedModel fitted = FittedModel.load(session.workspace(), model.id());
          PlantResult result =
              new PlantRunner(fitted, Studying.runner(session, fitted), session.threads())
                  .plant(
                      spec,
                      file.toAbsolutePath().getParent(),
                      session.campaign().posts(),
                      request,
                      session.context());
          session
              .workspace()
              .artefacts()
              .putJson(run, RESULT, Session.json().writeValueAsString(result));
          return spec.name();
        });
  }

  static PlantResult result(Session session, Run run) throws IOException {
    return Session.json()
        .readValue(
            session.workspace().artefacts().json(run.id(), RESULT).orElseThrow(),
            PlantResult.class);
  }

  /** Writes the figures' data into the run's folder, which is returned. */
  static Path tables(Session session, Run run) throws IOException {
    Path folder =
        Files.createDirectories(
            session.workspace().folder().resolve("runs").resolve(Long.toString(run.id())));
    PlantTables.write(result(session, run), folder);
    return folder;
  }
}
