package dev.anvil.study.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelTableTest {
  @TempDir Path folder;

  @Test
  void idsThatAreFormulasAreWrittenAsTextsAndReadAsTheyWere() throws Exception {
    LabelTable table = LabelTable.of("colour", Map.of("=1+1", "red"));
    Path file = folder.resolve("labels.csv");
    table.write(file);
    assertThat(Files.readAllLines(file)).containsExactly("id,colour", "'=1+1,red");
    assertThat(LabelTable.read(file)).isEqualTo(table);
  }
}
