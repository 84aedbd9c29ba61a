package dev.anvil.web.api;

import dev.anvil.AnvilException;
import dev.anvil.ConflictException;
import dev.anvil.InvalidInputException;
import dev.anvil.NotFoundException;
import dev.anvil.Problem;
import dev.anvil.engine.request.StudyText;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Study files of the studio, each in a folder of its name, so that the command line runs them. */
public final class StudiesApi {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");
  private static final String FILE = "study.yaml";

  private final Workbench bench;

  private StudiesApi(Workbench bench) {
    this.bench = bench;
  }

  /** A study file. */
  public record StudyFileView(String name, Path folder, Path file, String text) {}

  /** Names of study files. */
  public record StudyNames(List<String> names) {
    public StudyNames {
      names = List.copyOf(names);
    }
  }

  /** What is sent of a study. */
  public record StudyBody(String text) {
    public StudyBody {
      if (text == null) {
        throw new InvalidInputException("text", "is missing; expected the text of a study file");
      }
    }
  }

  /**
   * What can be said of a study before it runs.
   *
   * @param problems why it cannot run; none when it can
   * @param creatives that are edited at most
   * @param pictures that are made at most, controls by the same editor not counted
   * @param contrasts that are estimated
   */
  public record StudyPreview(List<Problem> problems, int creatives, int pictures, int contrasts) {
    public StudyPreview {
      problems = List.copyOf(problems);
    }
  }

  /** The routes. */
  public static List<Route> routes(Workbench bench) {
    StudiesApi api = new StudiesApi(bench);
    return List.of(
        Route.get(
            "/api/studies",
            "List the names of the studio's study files.",
            Answer.json(StudyNames.class),
            ctx -> Json.write(ctx, new StudyNames(names(bench)))),
        Route.get(
                "/api/study-file",
                "Read a study file.",
                Answer.json(StudyFileView.class),
                api::read)
            .needs("name", String.class, "of the study"),
        Route.post(
                "/api/study-file",
                "Keep a study file.",
                Answer.json(StudyFileView.class),
                api::keep)
            .by(HandlerType.PUT)
            .needs("name", String.class, "of the study: small letters, digits and hyphens")
            .takes("replace", Boolean.class, "whether another text of that name may go; else not")
            .taking(StudyBody.class),
        Route.post(
                "/api/study-preview",
                "Check the text of a study and say how much it would make.",
                Answer.json(StudyPreview.class),
                api::preview)
            .takes("name", String.class, "of the study, whose folder its paths are relative to")
            .taking(StudyBody.class));
  }

  /** Names of the study files. */
  public static List<String> names(Workbench bench) {
    Path root = root(bench);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve(FILE)))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("listing studies", e);
    }
  }

  private static Path root(Workbench bench) {
    return bench.own().resolve("studies");
  }

  /** The folder of a study, which need not be there. */
  public static Path folder(Workbench bench, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidInputException(
          "name", "found \"%.80s\"; expected small letters, digits and hyphens".formatted(name));
    }
    return root(bench).resolve(name);
  }

  /**
   * A study file.
   *
   * @throws NotFoundException when there is none of that name
   */
  public static StudyFileView read(Workbench bench, String name) {
    Path folder = folder(bench, name);
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new NotFoundException("study \"" + name + "\"", "is not there");
    }
    return new StudyFileView(name, folder, file, StudyText.read(file).text());
  }

  private void read(Context ctx) {
    Json.write(ctx, read(bench, Query.text(ctx, "name")));
  }

  private void keep(Context ctx) {
    String name = Query.text(ctx, "name");
    Path folder = folder(bench, name);
    StudyBody body = Json.body(ctx, StudyBody.class);
    Path file = folder.resolve(FILE);
    if (!Query.flag(ctx, "replace", false)
        && Files.exists(file)
        && !read(bench, name).text().equals(body.text())) {
      throw new ConflictException(
          "study \"" + name + "\"", "is kept already, with another text; replace=true replaces it");
    }
    try {
      Files.createDirectories(folder);
      Files.writeString(file, body.text());
    } catch (IOException e) {
      throw new UncheckedIOException("keeping a study", e);
    }
    Json.write(ctx, read(bench, name));
  }

  private void preview(Context ctx) {
    Path folder = Query.find(ctx, "name").map(n -> folder(bench, n)).orElseGet(() -> root(bench));
    StudyText study = new StudyText(Json.body(ctx, StudyBody.class).text(), folder, FILE);
    try {
      bench.check().check(study);
      Json.write(ctx, preview(study.spec()));
    } catch (AnvilException e) {
      Json.write(ctx, new StudyPreview(e.problems(), 0, 0, 0));
    }
  }

  private static StudyPreview preview(StudySpec spec) {
    int creatives = spec.sources().count();
    int each = spec.allFactors().stream().mapToInt(f -> f.levels().size() * f.seeds()).sum();
    int contrasts = spec.factors().stream().mapToInt(StudiesApi::contrasts).sum();
    return new StudyPreview(List.of(), creatives, creatives * each, contrasts);
  }

  /** A crossed factor is compared with none of its changes, and with their sum. */
  private static int contrasts(Factor factor) {
    return factor.reference().equals(StudySpec.CROSSED)
        ? 2
        : factor.levels().size() - (factor.levels().containsKey(factor.reference()) ? 1 : 0);
  }
}
