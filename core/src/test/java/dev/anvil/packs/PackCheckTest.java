package dev.anvil.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.InvalidInputException;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.standin.Sketch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackCheckTest {
  @TempDir Path folder;

  private PackCheck check(String kind, String role, String signature) throws IOException {
    TinyPack pack = new TinyPack(folder);
    pack.manifest().put("kind", kind);
    ObjectNode file = pack.add("model.onnx", role, Sketch.graph(signature).bytes());
    TinyPack.tensor(file.withArray("inputs"), "pixel_values", "N", 3, 8, 8);
    TinyPack.tensor(file.withArray("outputs"), "image_embeds", "N", 4);
    return PackCheck.of(pack.write());
  }

  private static final String VISION = "pixel_values:float[B,3,8,8] -> image_embeds:float[B,4]";

  @Test
  void aSoundPackTellsWhatItsNetworksTakeAndGive() throws IOException {
    PackCheck check = check("clip", "vision", VISION);

    assertThat(check.sound()).isTrue();
    assertThat(check.networks())
        .singleElement()
        .satisfies(
            n ->
                assertThat(TensorSpec.describe(n.inputs()))
                    .isEqualTo("[pixel_values float32 [*, 3, 8, 8]]"));
  }

  @Test
  void aWrongShapeATypeAndARoleAreToldApart() throws IOException {
    problem(check("clip", "vision", VISION.replace("8,8", "9,8")), "found float32 [*, 3, 9, 8]");
    problem(check("clip", "vision", VISION.replace("B,4", "B,5")), "found float32 [*, 5]");
    problem(
        check("clip", "vision", VISION.replace("pixel_values:float", "pixel_values:uint8")),
        "found uint8 [*, 3, 8, 8]; expected float32 [*, 3, 8, 8]");
    problem(
        check("backbone", "model", VISION),
        "found the inputs and outputs of a clip vision; expected those of a backbone model");
  }

  private static void problem(PackCheck check, String words) {
    assertThat(check.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains(words));
  }

  @Test
  void aFileThatDoesNotChangeIsHashedOnceAndCheckHashesAlways() throws IOException {
    check("clip", "vision", VISION);
    Path model = folder.resolve("model.onnx");
    FileTime past = FileTime.from(Instant.parse("2024-01-01T00:00:00Z"));
    Files.setLastModifiedTime(model, past);
    ModelPack.open(folder);
    assertThat(folder.resolve(PackStamp.FILE)).exists();

    // Rotten on the disk: the content is another one, size and time are the same.
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length / 2] ^= 1;
    Files.write(model, bytes);
    Files.setLastModifiedTime(model, past);
    assertThat(ModelPack.open(folder).manifest().name()).isEqualTo("tiny");
    problem(PackCheck.of(folder), "found SHA-256");

    Files.setLastModifiedTime(model, FileTime.from(Instant.parse("2024-01-01T00:00:01Z")));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> ModelPack.open(folder))
        .withMessageContaining("found SHA-256");
  }

  @Test
  void aFileThatChangedJustNowIsNotRemembered() throws IOException {
    check("clip", "vision", VISION);
    ModelPack.open(folder);

    assertThat(folder.resolve(PackStamp.FILE)).doesNotExist();
  }

  @Test
  void aSpoiltStampIsNoHarm() throws IOException {
    check("clip", "vision", VISION);
    Files.writeString(folder.resolve(PackStamp.FILE), "not\na stamp at all\n" + "a".repeat(64));

    assertThat(ModelPack.open(folder).manifest().name()).isEqualTo("tiny");
  }
}
