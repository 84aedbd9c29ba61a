package dev.anvil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.engine.outcome.Outcome;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.request.PredictRequest;
import dev.anvil.engine.request.ReportRequest;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program may use Anvil on a machine whose language has other digits and another decimal point.
 * What was computed under one language is found under another, and tables are the same.
 */
class DefaultLocaleTest {
  private static final Locale HERE = Locale.getDefault();

  @TempDir Path folder;

  @AfterEach
  void restore() {
    Locale.setDefault(HERE);
  }

  @Test
  void whatWasComputedUnderOneLocaleIsFoundUnderAnother() throws IOException {
    EngineFixture fixture = new EngineFixture(folder);
    Path posts = fixture.posts("spring", 60, 4);
    try (Anvil anvil = fixture.openFitted()) {
      Map<String, String> usual = work(anvil, fixture, posts);
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      Map<String, String> arabic = work(anvil, fixture, posts);
      assertThat(arabic.keySet()).isEqualTo(usual.keySet()).allMatch(n -> n.matches("\\p{ASCII}+"));
      arabic.forEach((name, content) -> assertThat(content).as(name).isEqualTo(usual.get(name)));
    }
  }

  /** Outcomes and files by their names; a run that was not found would have another number. */
  private static Map<String, String> work(Anvil anvil, EngineFixture fixture, Path posts)
      throws IOException {
    Map<String, String> out = new TreeMap<>();
    anvil.run(ImportRequest.of(posts, "Spring"), RunContext.NONE);
    out.put("fit", json(anvil.run(EngineFixture.fit("Spring"), RunContext.NONE)));
    StudyOutcome study =
        anvil.run(new StudyRequest(StudyOnModel.of(fixture.study())), RunContext.NONE);
    out.put("study", json(study));
    anvil.run(new ReportRequest(Optional.of(study.run()), Optional.empty()), RunContext.NONE);
    Path picture = posts.resolveSibling("spring0.jpg");
    out.put("predict", json(anvil.run(PredictRequest.of(List.of(picture)), RunContext.NONE)));
    try (Stream<Path> files = Files.walk(fixture.workspace())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = fixture.workspace().relativize(file).toString();
        out.put(name, name.endsWith(".csv") ? Files.readString(file) : "");
      }
    }
    return out;
  }

  private static String json(Outcome outcome) throws IOException {
    return EngineJson.compact().writeValueAsString(outcome);
  }
}
