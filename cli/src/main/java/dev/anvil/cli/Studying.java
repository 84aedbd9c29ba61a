package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.Sha256;
import dev.anvil.encode.TextEncoder;
import dev.anvil.predict.FittedModel;
import dev.anvil.study.StudyResult;
import dev.anvil.study.StudyRunner;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.store.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Runs a study on the model fitted last. */
final class Studying {
  static final String COMMAND = "study";
  private static final String RESULT = "study";

  private Studying() {}

  static Run run(Session session, Path file) throws IOException {
    StudySpec spec = StudyFile.read(file);
    String hash = Sha256.of(Files.readString(file));
    Run model = model(session, spec);
    return Stage.run(
        session,
        COMMAND,
        arguments(session, file, hash, model.id()),
        spec.seed(),
        run -> {
          study(session, FittedModel.load(session.workspace(), model.id()), spec, file, hash, run);
          return spec.name();
        });
  }

  /** The run of the model that a study asks for; the session finds elements as it did. */
  static Run model(Session session, StudySpec spec) throws IOException {
    Run model = spec.encoder().isPresent() ? session.model(spec.encoder().get()) : session.model();
    if (spec.segmenter().isPresent() && !session.asked()) {
      session.use(SegmenterChoice.parse(spec.segmenter().get()));
    }
    session.follow(model);
    return model;
  }

  /** Everything that a study depends on. */
  static Map<String, String> arguments(Session session, Path file, Run model) throws IOException {
    return arguments(session, file, Sha256.of(Files.readString(file)), model.id());
  }

  private static Map<String, String> arguments(
      Session session, Path file, String hash, long model) {
    return Map.of(
        "study",
        hash,
        "file",
        file.toString(),
        "model",
        Long.toString(model),
        SegmenterChoice.ARGUMENT,
        session.choice().text());
  }

  /**
   * Runs a study again, whatever runs there are.
   *
   * @param model that it was run on
   * @throws InvalidInputException when its file is not what it was
   */
  static Map<String, String> again(Session session, Run study, FittedModel model, long run)
      throws IOException {
    Path file = file(study);
    String was = Session.json().readTree(study.request().json()).path("study").asText();
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(file.toString(), "is not there; expected the study's file");
    }
    String hash = Sha256.of(Files.readString(file));
    if (!hash.equals(was)) {
      throw new InvalidInputException(
          file.toString(),
          "has changed since run %d: found SHA-256 %s; expected %s"
              .formatted(study.id(), hash, was));
    }
    study(session, model, StudyFile.read(file), file, hash, run);
    return arguments(session, file, hash, model(study));
  }

  private static void study(
      Session session, FittedModel model, StudySpec spec, Path file, String hash, long run)
      throws IOException {
    StudyResult result =
        runner(session, model)
            .run(
                spec,
                hash,
                file.toAbsolutePath().getParent(),
                session.campaign().posts(),
                session.context());
    session.workspace().artefacts().putJson(run, RESULT, Session.json().writeValueAsString(result));
  }

  /** Runs studies on a model; the session looks at pictures as it does from now on. */
  static StudyRunner runner(Session session, FittedModel model) throws IOException {
    session.follow(model);
    return new StudyRunner(
        model,
        session.segmentations(),
        session.pipeline(),
        session.encoder().id(),
        () -> texts(session),
        session.editors(),
        session.workspace());
  }

  private static Optional<TextEncoder> texts(Session session) {
    try {
      return session.texts();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static StudyResult result(Session session, Run run) throws IOException {
    return Session.json()
        .readValue(
            session.workspace().artefacts().json(run.id(), RESULT).orElseThrow(),
            StudyResult.class);
  }

  /** The run of the model that a study was run on. */
  static long model(Run run) throws IOException {
    return Session.json().readTree(run.request().json()).get("model").asLong();
  }

  static Path file(Run run) throws IOException {
    return Path.of(Session.json().readTree(run.request().json()).get("file").asText());
  }
}
