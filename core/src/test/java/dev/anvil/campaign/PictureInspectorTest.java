package dev.anvil.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureInspectorTest {
  @TempDir Path folder;

  @Test
  void theHashThatIsRecordedIsOfTheBytesThatWereChecked() throws IOException {
    Path picture = Files.writeString(folder.resolve("a.jpg"), "first");
    PictureCheck replacing =
        (file, bytes) -> {
          try {
            Files.writeString(file, "other");
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
          return Optional.of(Sha256.of(bytes));
        };
    Map<Path, PictureInspector.Inspected> found =
        new PictureInspector(replacing).inspect(Set.of(picture), RunContext.NONE);
    assertThat(found.get(picture).creative()).contains(Sha256.of("first"));
    assertThat(found.get(picture).problem()).contains(Sha256.of("first"));
  }
}
