package dev.anvil.app;

import dev.anvil.Sha256;
import dev.anvil.predict.FittedModel;
import dev.anvil.study.StudyFile;
import dev.anvil.study.StudyResult;
import dev.anvil.study.StudyRunner;
import dev.anvil.study.StudySpec;
import dev.anvil.workspace.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Runs a study on the model fitted last. */
final class Studying {
  static final String COMMAND = "study";
  private static final String RESULT = "study";

  private Studying() {}

  static Run run(Session session, Path file) throws IOException {
    StudySpec spec = StudyFile.read(file);
    String hash = Sha256.of(Files.readString(file));
    Run model = spec.encoder().isPresent() ? session.model(spec.encoder().get()) : session.model();
    if (spec.segmenter().isPresent() && !session.asked()) {
      session.use(SegmenterChoice.parse(spec.segmenter().get()));
    }
    session.follow(model);
    return Stage.run(
        session,
        COMMAND,
        Map.of(
            "study",
            hash,
            "file",
            file.toString(),
            "model",
            Long.toString(model.id()),
            SegmenterChoice.ARGUMENT,
            session.choice().text()),
        spec.seed(),
        run -> {
          FittedModel fitted = FittedModel.load(session.workspace(), model.id());
          session.follow(fitted);
          StudyRunner runner =
              new StudyRunner(
                  fitted,
                  session.segmentations(),
                  session.pipeline(),
                  session.encoder().id(),
                  session.editors(),
                  session.workspace());
          StudyResult result =
              runner.run(
                  spec,
                  hash,
                  file.toAbsolutePath().getParent(),
                  session.campaign().posts(),
                  session.progress());
          session
              .workspace()
              .artefacts()
              .putJson(run, RESULT, Session.json().writeValueAsString(result));
          return spec.name();
        });
  }

  static StudyResult result(Session session, Run run) throws IOException {
    return Session.json()
        .readValue(
            session.workspace().artefacts().json(run.id(), RESULT).orElseThrow(),
            StudyResult.class);
  }

  /** The run of the model that a study was run on. */
  static long model(Run run) throws IOException {
    return Session.json().readTree(run.request().arguments()).get("model").asLong();
  }

  static Path file(Run run) throws IOException {
    return Path.of(Session.json().readTree(run.request().arguments()).get("file").asText());
  }
}
