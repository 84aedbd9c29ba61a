package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.predict.FittedModel;
import dev.anvil.store.Run;
import dev.anvil.workspace.Difference;
import dev.anvil.workspace.Difference.Artefacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Does the work of a finished run again and compares what it made (METHOD 9). */
final class Reproducing {
  static final String COMMAND = "reproduce";
  private static final Set<String> REPRODUCIBLE = Set.of(Fitting.COMMAND, Studying.COMMAND);

  private Reproducing() {}

  /**
   * What came of it.
   *
   * @param run that was done again; it stays as it is
   * @param command of that run
   * @param fromScratch whether nothing was reused that earlier work had left
   * @param differences none when the run is reproduced
   */
  record Reproduction(long run, String command, boolean fromScratch, List<Difference> differences) {
    Reproduction {
      differences = List.copyOf(differences);
    }
  }

  /**
   * A finished fit or study.
   *
   * @throws InvalidInputException when there is none, or it is no fit or study, or not finished
   */
  static Run requireReproducible(Session session, long id) {
    String where = "run " + id;
    Run run =
        session
            .workspace()
            .runs()
            .get(id)
            .orElseThrow(() -> new InvalidInputException(where, "is not in this workspace"));
    if (!REPRODUCIBLE.contains(run.request().command())) {
      throw new InvalidInputException(
          where,
          "is of \"%s\", which is not reproducible by command; expected a run of fit or study"
              .formatted(run.request().command()));
    }
    if (run.state() != Run.State.FINISHED) {
      throw new InvalidInputException(
          where, "is %s; expected one that is finished".formatted(run.state()));
    }
    return run;
  }

  /** The newest finished fit or study. */
  static Run newest(Session session) {
    return session.workspace().runs().list().stream()
        .filter(r -> REPRODUCIBLE.contains(r.request().command()))
        .filter(r -> r.state() == Run.State.FINISHED)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    session.workspace().folder().toString(),
                    "has no finished run of fit or study; expected one"));
  }

  /** Reproduces with what earlier work has left: embeddings, elements, variants, hashes. */
  static Reproduction reusing(Session session, Run run) throws IOException {
    return reproduce(session, session, run, /* fromScratch= */ false);
  }

  /** Reproduces in an empty workspace, which is deleted afterwards. */
  static Reproduction fromScratch(Session session, Run run, Common common) throws IOException {
    Path folder = Files.createTempDirectory(session.workspace().folder(), COMMAND);
    try (Session scratch = new Session(folder, common)) {
      return reproduce(session, scratch, run, /* fromScratch= */ true);
    } finally {
      delete(folder);
    }
  }

  private static Reproduction reproduce(Session kept, Session working, Run run, boolean fromScratch)
      throws IOException {
    working.use(SegmenterChoice.of(run));
    Run fit = run;
    if (run.request().command().equals(Studying.COMMAND)) {
      fit = kept.workspace().runs().get(Studying.model(run)).orElseThrow();
    }
    working.use(Fitting.campaign(kept.workspace(), fit));
    Run.Request request =
        Run.Request.of(
            COMMAND,
            Session.json().writeValueAsString(Map.of("run", Long.toString(run.id()))),
            run.request().seed(),
            VersionCommand.version());
    List<Difference> differences = new ArrayList<>();
    Stage.again(
        working,
        request,
        again -> {
          differences.addAll(requests(run, arguments(kept, working, run, again)));
          differences.addAll(
              Difference.between(
                  new Artefacts(kept.workspace().artefacts(), run.id()),
                  new Artefacts(working.workspace().artefacts(), again)));
          return differences.size() + " differences";
        });
    return new Reproduction(run.id(), run.request().command(), fromScratch, differences);
  }

  private static Map<String, String> arguments(Session kept, Session working, Run run, long again)
      throws IOException {
    if (run.request().command().equals(Studying.COMMAND)) {
      FittedModel model = FittedModel.load(kept.workspace(), Studying.model(run));
      return Studying.again(working, run, model, again);
    }
    Fitting.Request request = Fitting.request(run);
    working.use(request.encoder());
    return Fitting.again(working, request, again);
  }

  /** What would be asked for differently now: packs that were replaced, another version. */
  private static List<Difference> requests(Run run, Map<String, String> arguments)
      throws IOException {
    List<Difference> differences = new ArrayList<>();
    String was = run.request().codeVersion();
    String is = VersionCommand.version();
    if (!was.equals(is)) {
      differences.add(new Difference("request/version", was, is));
    }
    differences.addAll(
        Difference.between(
            "request",
            run.request().json(),
            Session.json().writeValueAsString(new TreeMap<>(arguments))));
    return differences;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
