package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.anvil.InvalidInputException;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetTest {
  @TempDir Path folder;

  private Path file;
  private Asset<Picture> asset;

  @BeforeEach
  void read() {
    file = Scene.plates(folder).get(0);
    asset = Asset.readAll(List.of(file), PictureReader.DEFAULT::read).get(0);
  }

  @Test
  void isDecodedAgainWhenItWasForgotten() {
    Picture before = asset.content();
    assertThat(asset.content()).isSameAs(before);
    asset.forget();
    assertThat(asset.content()).isNotSameAs(before).isEqualTo(before);
  }

  @Test
  void isRefusedWhenItIsAnotherFileByThen() throws IOException {
    asset.forget();
    Files.copy(Scene.plates(folder).get(1), file, StandardCopyOption.REPLACE_EXISTING);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(asset::content)
        .withMessageContaining("has changed while it was in use");
  }
}
