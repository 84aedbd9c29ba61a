package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.Sha256;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PngText;
import dev.anvil.showroom.Scene;
import dev.anvil.standin.DiffusionStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real command line with a pack whose UNet knows the way to the colour of the prompt. */
class EditCommandTest {
  @TempDir Path folder;
  private Path car;
  private Path models;

  @BeforeEach
  void addAPack() throws IOException {
    models = folder.resolve("models");
    car =
        Scene.read(Main.showroom().scenes()).stream()
            .filter(s -> s.isBase())
            .findFirst()
            .orElseThrow()
            .picture();
    Path pack = new DiffusionStandIn().write(folder.resolve("exported"));
    Cli added =
        Cli.run(
            "models",
            "add",
            pack.toString(),
            "--name",
            "toy",
            "--models",
            models.toString(),
            "--quiet");
    assertThat(added.err()).isEmpty();
  }

  @Test
  void paintsAnElementAfterAPromptInOneCommand() throws IOException {
    Path blue = folder.resolve("blue.png");
    Cli cli = edit("--prompt", "a blue car", "-o", blue.toString());

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out()).contains("the edit passed its checks");
    Picture source = PictureReader.DEFAULT.read(car);
    Picture made = PictureReader.DEFAULT.read(blue);
    assertThat(made.width()).isEqualTo(source.width());
    assertThat(made.get(2, 2, 0)).isEqualTo(source.get(2, 2, 0));
    assertThat(PngText.read(Files.readAllBytes(blue)))
        .containsEntry("anvil:source", Sha256.of(car))
        .containsEntry("anvil:seed", "1")
        .hasEntrySatisfying(
            "anvil:editor",
            e ->
                assertThat(e).startsWith("diffusion {").contains("pack=toy-", "prompt=a blue car"));
  }

  @Test
  void takesTheLongFormToo() throws IOException {
    Path red = folder.resolve("red.png");
    Cli cli =
        edit(
            "--editor",
            "diffusion",
            "--set",
            "pack=toy",
            "--set",
            "prompt=a red car",
            "--set",
            "scheduler=euler",
            "--seed",
            "7",
            "-o",
            red.toString());

    assertThat(cli.exit()).isZero();
    assertThat(PngText.read(Files.readAllBytes(red)))
        .containsEntry("anvil:seed", "7")
        .hasEntrySatisfying("anvil:editor", e -> assertThat(e).contains("scheduler=euler"));
  }

  @Test
  void aBatchGoesOnWhereItWasStopped() throws IOException {
    Path variants = folder.resolve("variants");
    String[] batch = {
      "--prompt",
      "a blue car",
      "--prompt",
      "a red car",
      "--seeds",
      "2",
      "--batch",
      variants.toString()
    };
    assertThat(edit(batch).out()).contains("Wrote 4 variants", "kept 0");
    List<String> names = names(variants);
    assertThat(names).hasSize(4).allMatch(n -> n.endsWith("-1.png") || n.endsWith("-2.png"));

    FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    for (String name : names) {
      Files.setLastModifiedTime(variants.resolve(name), old);
    }
    Files.delete(variants.resolve(names.get(1)));
    Files.writeString(variants.resolve(names.get(2)), "half a file");
    assertThat(edit(batch).out()).contains("Wrote 2 variants", "kept 2");
    assertThat(names(variants)).isEqualTo(names);
    assertThat(Files.getLastModifiedTime(variants.resolve(names.get(0)))).isEqualTo(old);

    JsonNode again = Common.mapper().readTree(edit(with(batch, "--json")).out());
    assertThat(again.get("made").asInt()).isZero();
    assertThat(again.get("kept").asInt()).isEqualTo(4);
    assertThat(edit(with(batch, "--set", "steps=3")).out()).contains("Wrote 4 variants");
  }

  @Test
  void aStoppedBatchLeavesItsFinishedFiles() throws Exception {
    Path variants = folder.resolve("variants");
    Cli[] cli = new Cli[1];
    Thread run =
        new Thread(
            () ->
                cli[0] =
                    edit(
                        "--prompt",
                        "a blue car",
                        "--seeds",
                        "500",
                        "--batch",
                        variants.toString()));
    run.start();
    while (run.isAlive() && (!Files.isDirectory(variants) || names(variants).size() < 2)) {
      Thread.sleep(20);
    }
    run.interrupt();
    run.join();

    assertThat(cli[0].exit()).isEqualTo(Main.CANCELLED);
    assertThat(cli[0].err()).contains("stopped", "the same command resumes");
    assertThat(names(variants).size()).isBetween(2, 499);
    for (String name : names(variants)) {
      assertThat(PictureReader.DEFAULT.read(variants.resolve(name)).width()).isPositive();
    }
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThat(edit("--prompt", "a blue car").err())
        .contains("expected either --output or --batch");
    assertThat(edit("-o", "x.png").err()).contains("expected --editor, or --prompt");
    assertThat(edit("--prompt", "a", "--prompt", "b", "-o", "x.png").err())
        .contains("found more than one variant to make; expected --batch");
    Cli none =
        Cli.run(
            with(
                new String[] {"edit", car.toString(), "--element", "zeppelin"},
                "--prompt",
                "a red one",
                "--batch",
                folder.resolve("none").toString(),
                "-w",
                folder.resolve("ws").toString(),
                "--models",
                models.toString(),
                "--quiet"));
    assertThat(none.exit()).isEqualTo(Main.INVALID_INPUT);
    assertThat(none.err()).contains("has no [zeppelin]; found [");
    assertThat(edit("--prompt", "a", "--pack", "nobody", "-o", "x.png").err())
        .contains("found no \"nobody\"");
  }

  @Test
  void picturesGoToAServerThatTheUserAllowedAndTheParametersCannot() throws IOException {
    String[] remote = {
      "--editor",
      "automatic1111",
      "-o",
      folder.resolve("r.png").toString(),
      "--set",
      "url=http://127.0.0.1:1",
      "--set",
      "prompt=red",
      "--set",
      "retries=0",
      "--set",
      "allow_upload=true"
    };
    assertThat(edit(remote).err())
        .contains("expected --allow-upload 127.0.0.1:1 on the command line")
        .contains("note: editor automatic1111, parameter allow_upload: has no effect any more");
    assertThat(edit(with(remote, "--allow-upload", "127.0.0.1:1")).err())
        .contains("127.0.0.1:1", "cannot be reached");
    Files.writeString(folder.resolve("ws/settings.yaml"), "allow_upload: \"127.0.0.1:1\"\n");
    assertThat(edit(remote).err()).contains("cannot be reached");
  }

  private Cli edit(String... more) {
    String[] usual = {
      "edit",
      car.toString(),
      "--element",
      "car,truck",
      "-w",
      folder.resolve("ws").toString(),
      "--models",
      models.toString(),
      "--quiet"
    };
    return Cli.run(with(usual, more));
  }

  private static String[] with(String[] first, String... more) {
    return Stream.of(first, more).flatMap(Stream::of).toArray(String[]::new);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> !n.startsWith("."))
          .sorted()
          .toList();
    }
  }
}
