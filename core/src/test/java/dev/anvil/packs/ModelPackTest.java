package dev.anvil.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.anvil.InvalidInputException;
import dev.anvil.MissingPackException;
import dev.anvil.Problem;
import dev.anvil.onnx.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelPackTest {
  @TempDir Path folder;

  @Test
  void readsASoundPack() throws IOException {
    ModelPack pack = TinyPack.encoder(folder).open();

    assertThat(pack.id()).matches("tiny-[0-9a-f]{12}");
    assertThat(pack.manifest().licence()).isEqualTo("Apache-2.0");
    assertThat(pack.manifest().preprocess())
        .contains(new PackManifest.Preprocess(4, 4, "bilinear", "0..255 RGB"));
    assertThat(pack.manifest().layers()).containsExactly(new PackManifest.Layer("rgb", 0, 3));
    assertThat(pack.find("encoder").orElseThrow().inputs())
        .containsExactly(
            new TensorSpec("image", "float32", List.of(-1L, 3L, 4L, 4L)),
            new TensorSpec("mask", "float32", List.of(-1L, 1L, 4L, 4L)));
    assertThat(pack.find("text")).isEmpty();
  }

  @Test
  void keepsTheGapsOfTheLabels() throws IOException {
    TinyPack tiny = TinyPack.encoder(folder);
    tiny.manifest().putArray("labels").add("person").addNull().add("car");

    assertThat(tiny.open().manifest().labels())
        .containsExactly(Optional.of("person"), Optional.empty(), Optional.of("car"));
  }

  @Test
  void idChangesWithWhateverShapesResults() throws IOException {
    String id = TinyPack.encoder(folder).open().id();
    assertThat(TinyPack.encoder(folder).open().id()).isEqualTo(id);

    TinyPack described = TinyPack.encoder(folder);
    described.manifest().put("origin", "another text");
    assertThat(described.open().id()).isEqualTo(id);

    TinyPack resized = TinyPack.encoder(folder);
    resized.manifest().withObject("/preprocess").put("resample", "bicubic");
    assertThat(resized.open().id()).isNotEqualTo(id);
  }

  @Test
  void refusesANetworkThatWasReplacedAfterThePackWasChecked() throws IOException {
    ModelPack pack = TinyPack.encoder(folder).open();
    pack.network("encoder", 1).close();

    byte[] unknownField = {0x78, 1};
    Files.write(folder.resolve("encoder.onnx"), unknownField, StandardOpenOption.APPEND);

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> pack.network("encoder", 1))
        .withMessageContaining("encoder.onnx: found")
        .withMessageContaining("expected");
  }

  interface Spoiler {
    void spoil(TinyPack pack, Path folder) throws IOException;
  }

  static Stream<Arguments> spoiltPacks() {
    return Stream.of(
        spoilt(
            "encoder.onnx",
            "found no such file; .*",
            (p, f) -> Files.delete(f.resolve("encoder.onnx"))),
        spoilt(
            "encoder.onnx",
            "found SHA-256 .*; expected 0{64}",
            (p, f) -> p.file(0).put("sha256", "0".repeat(64))),
        spoilt(
            "encoder.onnx",
            "found 40 bytes; expected \\d+",
            (p, f) ->
                Files.write(f.resolve("encoder.onnx"), Arrays.copyOf(TinyPack.encoderGraph(), 40))),
        spoilt(
            "bytes",
            "found \"12\"; expected a whole number",
            (p, f) -> p.file(0).put("bytes", "12")),
        spoilt("sha256", "found \"xyz\"; expected 64 .*", (p, f) -> p.file(0).put("sha256", "xyz")),
        spoilt("role", "found nothing; expected a text", (p, f) -> p.file(0).remove("role")),
        spoilt(
            "anvil",
            "found \"pack/9\"; expected \"pack/1\"",
            (p, f) -> p.manifest().put("anvil", "pack/9")),
        spoilt("files", "found none; .*", (p, f) -> p.manifest().putArray("files")),
        spoilt("files", "found a JSON object; .*", (p, f) -> p.manifest().putObject("files")),
        spoilt("name", "found \"../up\"; .*", (p, f) -> p.manifest().put("name", "../up")),
        spoilt(
            "preprocess.size",
            "found \\[0,4\\]; .*",
            (p, f) -> p.manifest().withObject("/preprocess").putArray("size").add(0).add(4)),
        hostile("../encoder.onnx"),
        hostile("/etc/passwd"),
        hostile("a/../../b"),
        hostile("a//b"),
        hostile("./encoder.onnx"),
        hostile("..\\encoder.onnx"),
        hostile("C:encoder.onnx"),
        hostile("a\u0000b"));
  }

  private static Arguments hostile(String path) {
    return spoilt(
        "files[0].file",
        "(?s)found \".*\"; expected a path inside the pack",
        (p, f) -> p.file(0).put("file", path));
  }

  private static Arguments spoilt(String where, String message, Spoiler spoiler) {
    return arguments(where, message, spoiler);
  }

  @ParameterizedTest(name = "{index} {0}: {1}")
  @MethodSource("spoiltPacks")
  void refusesASpoiltPackWithOneClearProblem(String where, String message, Spoiler spoiler)
      throws IOException {
    TinyPack tiny = TinyPack.encoder(folder);
    spoiler.spoil(tiny, folder);

    assertThat(problemsOf(tiny.write()))
        .singleElement()
        .satisfies(p -> assertThat(p.where()).endsWith(where))
        .satisfies(p -> assertThat(p.message()).matches(message));
  }

  @Test
  void tellsAllProblemsAtOnce() throws IOException {
    TinyPack tiny = TinyPack.encoder(folder);
    tiny.add("b.onnx", "detector", new byte[] {1, 2});
    tiny.add("c.onnx", "text", new byte[] {3});
    Files.delete(folder.resolve("b.onnx"));
    Files.write(folder.resolve("c.onnx"), new byte[] {4});

    assertThat(problemsOf(tiny.write()))
        .extracting(p -> Path.of(p.where()).getFileName().toString())
        .containsExactly("b.onnx", "c.onnx");
  }

  @Test
  void refusesAFolderWithoutAManifestAndAManifestThatIsNotJson() throws IOException {
    assertThat(problemsOf(folder).get(0).message()).startsWith("found no such file");
    Files.writeString(folder.resolve("pack.json"), "{\n\"name\": oops}");
    assertThat(problemsOf(folder).get(0).message()).startsWith("found no JSON at line 2");
    Files.writeString(folder.resolve("pack.json"), "");
    assertThat(problemsOf(folder)).isNotEmpty();
  }

  @Test
  void storeListsBundledPacksFirstAndNamesWhatItHas() throws IOException {
    Path bundled = TinyPack.encoder(folder.resolve("bundled/tiny")).write().getParent();
    TinyPack.encoder(folder.resolve("pulled/tiny")).write();
    TinyPack.encoder(folder.resolve("pulled/alpha")).write();
    Files.createDirectories(folder.resolve("pulled/no-pack"));
    ModelStore store =
        new ModelStore(List.of(bundled, folder.resolve("pulled"), folder.resolve("absent")));

    assertThat(store.list())
        .containsExactly(bundled.resolve("tiny"), folder.resolve("pulled/alpha"));
    assertThat(store.open("tiny").folder()).isEqualTo(bundled.resolve("tiny"));
    assertThatExceptionOfType(MissingPackException.class)
        .isThrownBy(() -> store.open("clip"))
        .withMessageContaining("expected one of [tiny, alpha]");
  }

  private static List<Problem> problemsOf(Path pack) {
    return catchThrowableOfType(InvalidInputException.class, () -> ModelPack.open(pack)).problems();
  }
}
