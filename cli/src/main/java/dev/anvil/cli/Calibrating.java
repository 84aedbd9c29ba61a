package dev.anvil.cli;

import dev.anvil.predict.FittedModel;
import dev.anvil.study.PlantRunner;
import dev.anvil.study.plant.Calibration;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.store.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Calibrates the effects of a study that was run. */
final class Calibrating {
  static final String COMMAND = "calibrate";
  private static final String RESULT = "calibrations";
  private static final String STUDY_RUN = "run";

  private Calibrating() {}

  /** Calibrates, unless it was done before. */
  static List<Calibration> run(Session session, Path file, Run study) throws IOException {
    StudySpec spec = StudyFile.read(file);
    Run model = Studying.model(session, spec);
    Map<String, String> arguments = new TreeMap<>(Studying.arguments(session, file, model));
    arguments.put(STUDY_RUN, Long.toString(study.id()));
    Run run =
        Stage.run(
            session,
            COMMAND,
            arguments,
            spec.seed(),
            id -> {
              FittedModel fitted = FittedModel.load(session.workspace(), model.id());
              List<Calibration> calibrations =
                  new PlantRunner(fitted, Studying.runner(session, fitted), session.threads())
                      .calibrate(
                          spec,
                          file.toAbsolutePath().getParent(),
                          session.campaign().posts(),
                          session.context());
              session
                  .workspace()
                  .artefacts()
                  .putJson(id, RESULT, Session.json().writeValueAsString(calibrations));
              return spec.name();
            });
    return result(session, run);
  }

  /** The calibrations of a study's effects, where they were made. */
  static Optional<List<Calibration>> of(Session session, Run study) throws IOException {
    String wanted = Long.toString(study.id());
    for (Run run : session.workspace().runs().list()) {
      if (run.request().command().equals(COMMAND)
          && run.state() == Run.State.FINISHED
          && Session.json()
              .readTree(run.request().json())
              .path(STUDY_RUN)
              .asText()
              .equals(wanted)) {
        return Optional.of(result(session, run));
      }
    }
    return Optional.empty();
  }

  private static List<Calibration> result(Session session, Run run) throws IOException {
    return List.of(
        Session.json()
            .readValue(
                session.workspace().artefacts().json(run.id(), RESULT).orElseThrow(),
                Calibration[].class));
  }
}
