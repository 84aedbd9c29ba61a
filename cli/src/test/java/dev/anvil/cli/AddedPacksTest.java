package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.encode.Encoders;
import dev.anvil.packs.ModelFolder;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackAdder;
import dev.anvil.packs.PackCheck;
import dev.anvil.packs.PackKind;
import dev.anvil.segment.model.Segmenters;
import dev.anvil.standin.BackboneStandIn;
import dev.anvil.standin.ClipSegStandIn;
import dev.anvil.standin.ClipStandIn;
import dev.anvil.standin.ForegroundStandIn;
import dev.anvil.standin.LamaStandIn;
import dev.anvil.standin.MiGanStandIn;
import dev.anvil.standin.QueriesStandIn;
import dev.anvil.standin.SamStandIn;
import dev.anvil.standin.SegFormerStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is added is what encoders and segmenters open, with stand-ins of every family. */
class AddedPacksTest {
  @TempDir Path folder;

  private Path source;

  @BeforeEach
  void makeFolder() throws IOException {
    source = Files.createDirectories(folder.resolve("model"));
  }

  private ModelPack add() throws IOException {
    return add(Optional.empty());
  }

  private ModelPack add(Optional<PackKind> kind) throws IOException {
    ModelPack pack =
        new PackAdder(new ModelFolder(folder.resolve("models")))
            .add(
                source,
                new PackAdder.Request(
                    Optional.empty(), Optional.empty(), kind, Optional.empty(), Optional.empty()),
                RunContext.NONE)
            .pack();
    assertThat(PackCheck.of(pack.folder()).problems()).isEmpty();
    return pack;
  }

  private void encodes(PackKind kind) throws IOException {
    ModelPack pack = add();
    assertThat(pack.manifest().kind()).isEqualTo(kind);
    Encoders.open(pack, 1).close();
  }

  private void segments(PackKind kind, Optional<PackKind> asked) throws IOException {
    ModelPack pack = add(asked);
    assertThat(pack.manifest().kind()).isEqualTo(kind);
    Segmenters.open(pack, Segmenters.Options.DEFAULT, 1).close();
  }

  private void segmentsByPrompt(PackKind kind) throws IOException {
    ModelPack pack = add();
    assertThat(pack.manifest().kind()).isEqualTo(kind);
    Segmenters.openPrompted(pack, 1).close();
  }

  @Test
  void clipInHalves() throws IOException {
    ClipStandIn.TINY.split(source, true);
    encodes(PackKind.CLIP);
  }

  @Test
  void clipCombined() throws IOException {
    ClipStandIn.TINY.combined(source);
    encodes(PackKind.CLIP);
  }

  @Test
  void clipWithNamesOfTheExportersChoice() throws IOException {
    ClipStandIn.TINY.single(source, "input", "output");
    encodes(PackKind.CLIP);
  }

  @Test
  void siglip() throws IOException {
    ClipStandIn.TINY.siglip(source);
    assertThat(add().manifest().kind()).isEqualTo(PackKind.CLIP);
  }

  @Test
  void classifiersAreRefused() throws IOException {
    BackboneStandIn.TINY.classifier(source);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(this::add)
        .withMessageContaining("the scores of a classifier");
  }

  @Test
  void clipWithoutProjectionIsRefused() throws IOException {
    ClipStandIn.TINY.unprojected(source);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(this::add)
        .withMessageContaining("before the projection");
  }

  @Test
  void backbones() throws IOException {
    BackboneStandIn.TINY.timm(source);
    encodes(PackKind.BACKBONE);
  }

  @Test
  void oneFormer() throws IOException {
    QueriesStandIn.ade20k(64, 64, 5).oneFormer(source);
    segments(PackKind.ONEFORMER, Optional.empty());
  }

  @Test
  void mask2Former() throws IOException {
    QueriesStandIn.coco(64, 64, 5).mask2Former(source);
    segments(PackKind.MASK2FORMER, Optional.of(PackKind.MASK2FORMER));
  }

  @Test
  void detr() throws IOException {
    QueriesStandIn.detr(5).detr(source, 64, 64);
    segments(PackKind.DETR, Optional.empty());
  }

  @Test
  void segFormer() throws IOException {
    SegFormerStandIn.USUAL.write(source);
    segments(PackKind.SEGFORMER, Optional.empty());
  }

  @Test
  void foreground() throws IOException {
    ForegroundStandIn.u2net().write(source);
    segments(PackKind.FOREGROUND, Optional.empty());
  }

  @Test
  void clipSeg() throws IOException {
    new ClipSegStandIn("tokens", false).write(source);
    assertThat(add().manifest().kind()).isEqualTo(PackKind.CLIPSEG);
  }

  @Test
  void segmentAnythingAsTransformersSplitsIt() throws IOException {
    SamStandIn.split(source);
    segmentsByPrompt(PackKind.SAM);
  }

  @Test
  void segmentAnythingAsItWas() throws IOException {
    SamStandIn.classic(source);
    segmentsByPrompt(PackKind.SAM);
  }

  @Test
  void inpainting() throws IOException {
    LamaStandIn.fixed().write(source.resolve("lama_fp32.onnx"));
    assertThat(add().manifest().kind()).isEqualTo(PackKind.INPAINTING);
  }

  @Test
  void inpaintingWithMiGan() throws IOException {
    MiGanStandIn.pipeline().write(source.resolve("migan_pipeline_v2.onnx"));
    assertThat(add().manifest().kind()).isEqualTo(PackKind.INPAINTING);
  }
}
