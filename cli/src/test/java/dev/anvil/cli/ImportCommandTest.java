package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.showroom.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void pictures() throws IOException {
    List<Scene> scenes = Main.showroom().baseScenes();
    for (int i = 0; i < 3; i++) {
      Files.copy(scenes.get(i).picture(), folder.resolve("p%d.jpg".formatted(i)));
    }
  }

  @Test
  void aPreviewShowsColumnsFormatsAndProblemsAndWritesNothing() throws IOException {
    Cli preview =
        run(
            "Bild;Datum;Gefällt mir;Text\np0.jpg;13.01.2023;1.234;x\np1.jpg;14.01.2023;12;y\nnone.jpg;15.01.2023;7;z\n",
            "--preview");
    assertThat(preview.exit()).isZero();
    assertThat(preview.out())
        .containsPattern("Bild +picture +p0.jpg")
        .containsPattern("Datum +time +13.01.2023")
        .containsPattern("Gefällt mir +metric, count +1.234")
        .contains("- Gefällt mir: \"1.234\" is read as 1234 (--numbers 1,234.5)")
        .contains("1 of 3 rows cannot be used:", "(--pictures FOLDER)", "Nothing was written.");
    assertThat(folder.resolve("ws")).doesNotExist();
  }

  @Test
  void lessThanHalfOfTheRowsGivesExitCode3() throws IOException {
    Cli imported =
        run("picture,date,likes\np0.jpg,2023-01-01,5\nx.jpg,2023-01-02,6\ny.jpg,2023-01-03,7\n");
    assertThat(imported.exit()).isEqualTo(3);
    assertThat(imported.out())
        .contains("Imported 1 posts", "2 of 3 rows cannot be used", "Fewer than half of the rows");
  }

  @Test
  void whatIsUndecidableIsRefusedWithTheOptionToType() throws IOException {
    String open = "picture,date,revenue\np0.jpg,2023-01-01,1.250\np1.jpg,2023-01-02,2.125\n";
    Cli refused = run(open);
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).contains("which may mean two things", "(--numbers 1.234,5)");
    assertThat(run(open, "--numbers", "1.234,5").out()).contains("\"1.250\" is read as 1250");
    assertThat(run(open, "--numbers", "1;2").exit()).isEqualTo(2);
  }

  private Cli run(String table, String... options) throws IOException {
    Path posts = Files.writeString(folder.resolve("posts.csv"), table);
    List<String> arguments =
        new ArrayList<>(
            List.of("import", posts.toString(), "--quiet", "-w", folder.resolve("ws").toString()));
    arguments.addAll(List.of(options));
    return Cli.run(arguments.toArray(String[]::new));
  }
}
