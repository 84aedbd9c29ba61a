package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PngText;
import dev.anvil.standin.DiffusionStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real command line with a pack whose UNet knows the way to the colour of the prompt. */
class GenerateCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void addAPack() throws IOException {
    Path pack = new DiffusionStandIn().write(folder.resolve("exported"));
    assertThat(
            Cli.run("models", "add", pack + "", "--name", "toy", "--models", models(), "--quiet")
                .err())
        .isEmpty();
  }

  private String models() {
    return folder.resolve("models").toString();
  }

  private Cli generate(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "generate",
                "--models",
                models(),
                "--workspace",
                folder.resolve("workspace").toString(),
                "--quiet",
                "--set",
                "width=64",
                "--set",
                "height=72",
                "--set",
                "steps=4",
                "--output",
                folder.resolve("made").toString()));
    args.addAll(List.of(more));
    return Cli.run(args.toArray(String[]::new));
  }

  @Test
  void picturesAreMadeFromWordsAndKeptTheNextTime() throws IOException {
    Cli first = generate("a red car", "a blue car", "--seeds", "2");
    assertThat(first.err()).isEmpty();
    assertThat(first.out()).contains("Wrote 4 pictures", "kept 0");
    Path red = folder.resolve("made/picture-a-red-car-1.png");
    Picture picture = PictureReader.DEFAULT.read(red);
    assertThat(picture.width()).isEqualTo(64);
    assertThat(picture.height()).isEqualTo(72);
    assertThat(picture.get(30, 30, 0)).isGreaterThan(150);
    assertThat(PngText.read(Files.readAllBytes(red)))
        .containsEntry("anvil:prompt", "a red car")
        .containsEntry("anvil:seed", "1");

    assertThat(generate("a red car", "a blue car", "--seeds", "3").out())
        .contains("Wrote 2 pictures", "kept 4");
  }

  @Test
  void aWrongSizeIsRefusedByName() {
    Cli cli = generate("a red car", "--set", "width=65");
    assertThat(cli.exit()).isNotZero();
    assertThat(cli.err()).contains("width", "expected a multiple of 8");
  }
}
