package dev.anvil.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.PackAdder.Request;
import dev.anvil.packs.PackManifest.PackFile;
import dev.anvil.standin.Graph;
import dev.anvil.standin.Sketch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Folders of every kind of pack, in the layouts that exporters write (docs/model-contracts.md
 * sections 2.4, 3 to 7).
 */
class PackAdderTest {
  private static final String CLIP_VISION =
      "pixel_values:float[B,3,224,224] -> image_embeds:float[B,512]";
  private static final String CLIP_TEXT = "input_ids:int64[B,S] -> text_embeds:float[B,512]";
  private static final String CLIP_BOTH =
      "input_ids:int64[T,S] pixel_values:float[I,3,H,W] attention_mask:int64[T,S] ->"
          + " logits_per_image:float[I,T] logits_per_text:float[T,I] text_embeds:float[T,512]"
          + " image_embeds:float[I,512]";
  private static final String HIDDEN =
      "pixel_values:float[B,3,224,224] -> last_hidden_state:float[B,50,768]"
          + " pooler_output:float[B,768]";
  private static final String TEXT_ENCODER =
      "input_ids:int32[B,77] -> last_hidden_state:float[B,77,768] pooler_output:float[B,768]";
  private static final String UNET =
      "sample:float[B,4,H,W] timestep:float[] encoder_hidden_states:float[B,77,768] ->"
          + " out_sample:float[B,4,H,W]";
  private static final String CONTROLLED =
      "sample:float[B,4,H,W] timestep:float[1] encoder_hidden_states:float[B,77,768]"
          + " down_block_0:float[B,4,H,W] mid_block_additional_residual:float[B,4,H,W] ->"
          + " out_sample:float[B,4,H,W]";
  private static final String DECODER = "latent_sample:float[B,4,H,W] -> sample:float[B,3,I,J]";
  private static final String ENCODER = "sample:float[B,3,H,W] -> latent_parameters:float[B,8,I,J]";
  private static final String SAFETY =
      "clip_input:float[B,3,224,224] images:float[B,H,W,3] -> out_images:float[B,H,W,3]"
          + " has_nsfw_concepts:bool[B]";
  private static final String CONTROLNET =
      "sample:float[B,4,H,W] timestep:float[1] encoder_hidden_states:float[B,77,768]"
          + " controlnet_cond:float[B,3,I,J] -> down_block_res_samples:float[B,4,H,W]"
          + " mid_block_res_sample:float[B,4,H,W]";
  private static final String MASKS =
      "-> class_queries_logits:float[1,5,151] masks_queries_logits:float[1,5,8,8]";

  @TempDir Path folder;

  private Path source;
  private ModelFolder models;

  @BeforeEach
  void makeFolders() throws IOException {
    source = Files.createDirectories(folder.resolve("Some Model"));
    models = new ModelFolder(folder.resolve("models"));
  }

  private Installed add(Request request) throws IOException {
    return new PackAdder(models).add(source, request, RunContext.NONE);
  }

  private Installed add() throws IOException {
    return add(Request.DEFAULT);
  }

  private static Request kind(PackKind kind) {
    return new Request(
        Optional.empty(), Optional.empty(), Optional.of(kind), Optional.empty(), Optional.empty());
  }

  private void config(String folder, String type) throws IOException {
    Path at = Files.createDirectories(source.resolve(folder));
    Files.writeString(at.resolve("config.json"), "{\"model_type\": \"%s\"}".formatted(type));
  }

  /**
   * A folder and what it is.
   *
   * @param type of the config.json, or nothing
   * @param graphs signature by path
   * @param roles path by role
   */
  record Case(PackKind kind, String type, Map<String, String> graphs, Map<String, String> roles) {
    @Override
    public String toString() {
      return kind.text() + " " + graphs.keySet().stream().sorted().toList();
    }
  }

  private static Case lone(PackKind kind, String type, String file, String signature) {
    return new Case(kind, type, Map.of(file, signature), Map.of("model", file));
  }

  static Stream<Case> folders() {
    return Stream.of(
        new Case(
            PackKind.CLIP,
            "clip",
            Map.of("onnx/vision_model.onnx", CLIP_VISION, "onnx/text_model.onnx", CLIP_TEXT),
            Map.of("vision", "onnx/vision_model.onnx", "text", "onnx/text_model.onnx")),
        new Case(
            PackKind.CLIP,
            "clip",
            Map.of(
                "onnx/vision_model.onnx", CLIP_VISION,
                "onnx/text_model.onnx", CLIP_TEXT,
                "onnx/model.onnx", CLIP_BOTH),
            Map.of("vision", "onnx/vision_model.onnx", "text", "onnx/text_model.onnx")),
        lone(PackKind.CLIP, "clip", "model.onnx", CLIP_BOTH),
        new Case(
            PackKind.CLIP,
            "clip",
            Map.of("model.onnx", "input:float[B,3,224,224] -> output:float[B,512]"),
            Map.of("vision", "model.onnx")),
        new Case(
            PackKind.CLIP,
            "",
            Map.of(
                "visual.onnx", "input:float[B,3,224,224] -> output:float[B,512]",
                "textual.onnx", "input:int32[B,77] -> output:float[B,512]"),
            Map.of("vision", "visual.onnx", "text", "textual.onnx")),
        new Case(
            PackKind.CLIP,
            "siglip",
            Map.of(
                "vision_model.onnx",
                HIDDEN,
                "text_model.onnx",
                "input_ids:int64[B,S] -> last_hidden_state:float[B,S,768]"
                    + " pooler_output:float[B,768]"),
            Map.of("vision", "vision_model.onnx", "text", "text_model.onnx")),
        lone(
            PackKind.BACKBONE,
            "",
            "resnet200d.onnx",
            "input0:float[B,3,H,W] -> output0:float[B,2048]"),
        lone(PackKind.BACKBONE, "vit", "model.onnx", HIDDEN),
        lone(
            PackKind.ONEFORMER,
            "oneformer",
            "model.onnx",
            "pixel_values:float[1,3,32,32] task_inputs:int64[1,77]" + MASKS),
        lone(
            PackKind.MASK2FORMER,
            "mask2former",
            "model.onnx",
            "pixel_values:float[1,3,32,32]" + MASKS),
        lone(
            PackKind.MASKFORMER,
            "maskformer",
            "model.onnx",
            "pixel_values:float[1,3,32,32] pixel_mask:int64[1,32,32]" + MASKS),
        lone(
            PackKind.DETR,
            "detr",
            "onnx/model.onnx",
            "pixel_values:float[B,3,H,W] pixel_mask:int64[B,64,64] -> logits:float[B,100,251]"
                + " pred_boxes:float[B,100,4] pred_masks:float[B,100,8,8]"),
        lone(
            PackKind.SEGFORMER,
            "segformer",
            "model.onnx",
            "pixel_values:float[B,3,512,512] -> logits:float[B,150,128,128]"),
        lone(
            PackKind.CLIPSEG,
            "clipseg",
            "model.onnx",
            "input_ids:int64[T,S] pixel_values:float[T,3,352,352] attention_mask:int64[T,S] ->"
                + " logits:float[T,352,352]"),
        new Case(
            PackKind.SAM,
            "sam",
            Map.of(
                "onnx/vision_encoder.onnx",
                    "pixel_values:float[1,3,1024,1024] -> image_embeddings:float[1,256,64,64]"
                        + " image_positional_embeddings:float[1,256,64,64]",
                "onnx/prompt_encoder_mask_decoder.onnx",
                    "image_embeddings:float[1,256,64,64]"
                        + " image_positional_embeddings:float[1,256,64,64]"
                        + " input_points:float[B,P,N,2] input_labels:int64[B,P,N] ->"
                        + " iou_scores:float[B,P,3] pred_masks:float[B,P,3,256,256]"),
            Map.of(
                "encoder", "onnx/vision_encoder.onnx",
                "decoder", "onnx/prompt_encoder_mask_decoder.onnx")),
        new Case(
            PackKind.SAM,
            "",
            Map.of(
                "a.onnx",
                "input_image:float[684,1024,3] -> image_embeddings:float[1,256,64,64]",
                "b.onnx",
                "image_embeddings:float[1,256,64,64] point_coords:float[1,N,2]"
                    + " point_labels:float[1,N] mask_input:float[1,1,256,256]"
                    + " has_mask_input:float[1] orig_im_size:float[2] ->"
                    + " masks:float[1,1,H,W] iou_predictions:float[1,1]"),
            Map.of("encoder", "a.onnx", "decoder", "b.onnx")),
        lone(
            PackKind.FOREGROUND,
            "",
            "u2net.onnx",
            "input.1:float[1,3,320,320] -> 1959:float[1,1,320,320] 1960:float[1,1,320,320]"),
        new Case(
            PackKind.STABLE_DIFFUSION,
            "",
            Map.of(
                "text_encoder/model.onnx", TEXT_ENCODER,
                "unet/model.onnx", UNET,
                "vae_encoder/model.onnx", ENCODER,
                "vae_decoder/model.onnx", DECODER,
                "safety_checker/model.onnx", SAFETY),
            Map.of(
                "text_encoder", "text_encoder/model.onnx",
                "unet", "unet/model.onnx",
                "vae_encoder", "vae_encoder/model.onnx",
                "vae_decoder", "vae_decoder/model.onnx",
                "safety_checker", "safety_checker/model.onnx")),
        new Case(
            PackKind.STABLE_DIFFUSION,
            "",
            Map.of(
                "text_encoder/model.onnx", TEXT_ENCODER,
                "unet/model.onnx", CONTROLLED,
                "vae_decoder/model.onnx", DECODER,
                "controlnet/model.onnx", CONTROLNET),
            Map.of(
                "text_encoder", "text_encoder/model.onnx",
                "controlled_unet", "unet/model.onnx",
                "vae_decoder", "vae_decoder/model.onnx")),
        lone(PackKind.CONTROLNET, "", "model.onnx", CONTROLNET),
        lone(
            PackKind.INPAINTING,
            "",
            "lama_fp32.onnx",
            "image:float[B,3,512,512] mask:float[B,1,512,512] -> output:float[B,3,512,512]"),
        lone(
            PackKind.INPAINTING,
            "",
            "migan_pipeline_v2.onnx",
            "image:uint8[1,3,H,W] mask:uint8[1,1,H,W] -> result:uint8[1,3,H,W]"),
        lone(
            PackKind.INPAINTING,
            "",
            "migan.onnx",
            "input:float[1,4,512,512] -> output:float[1,3,512,512]"),
        lone(
            PackKind.DEPTH,
            "depth_anything",
            "onnx/model.onnx",
            "pixel_values:float[B,3,518,518] -> predicted_depth:float[B,H,W]"),
        lone(
            PackKind.SENTENCE,
            "bert",
            "onnx/model.onnx",
            "input_ids:int64[B,S] attention_mask:int64[B,S] token_type_ids:int64[B,S] ->"
                + " last_hidden_state:float[B,S,384]"));
  }

  @ParameterizedTest
  @MethodSource("folders")
  void aFolderIsRecognisedByWhatItsNetworksTakeAndGive(Case it) throws IOException {
    for (Map.Entry<String, String> graph : it.graphs.entrySet()) {
      Sketch.write(source.resolve(graph.getKey()), graph.getValue());
    }
    if (!it.type.isEmpty()) {
      config("", it.type);
    }

    ModelPack pack = add().pack();

    assertThat(pack.manifest().kind()).isEqualTo(it.kind);
    assertThat(pack.manifest().name()).isEqualTo("some-model");
    assertThat(networks(pack)).isEqualTo(it.roles);
    PackCheck check = PackCheck.of(pack.folder());
    assertThat(check.problems()).isEmpty();
    assertThat(check.networks()).hasSize(it.roles.size());
  }

  private static Map<String, String> networks(ModelPack pack) {
    return pack.manifest().files().stream()
        .filter(f -> !f.inputs().isEmpty())
        .collect(Collectors.toMap(PackFile::role, PackFile::file));
  }

  @Test
  void whatANetworkTakesAndGivesIsWrittenDown() throws IOException {
    Sketch.write(source.resolve("unet/model.onnx"), UNET);
    Sketch.write(source.resolve("text_encoder/model.onnx"), TEXT_ENCODER);
    Sketch.write(source.resolve("vae_decoder/model.onnx"), DECODER);

    PackFile unet = add().pack().find("unet").orElseThrow();

    assertThat(unet.inputs())
        .containsExactly(
            new TensorSpec("sample", "float32", List.of(-1L, 4L, -1L, -1L)),
            new TensorSpec("timestep", "float32", List.of()),
            new TensorSpec("encoder_hidden_states", "float32", List.of(-1L, 77L, 768L)));
    assertThat(add(named("again")).pack().find("text_encoder").orElseThrow().inputs().get(0).type())
        .isEqualTo("int32");
  }

  private static Request named(String name) {
    return new Request(
        Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Test
  void whatBelongsToAnotherPackIsLeftOutAndSaid() throws IOException {
    Sketch.write(source.resolve("text_encoder/model.onnx"), TEXT_ENCODER);
    Sketch.write(source.resolve("unet/model.onnx"), UNET);
    Sketch.write(source.resolve("vae_decoder/model.onnx"), DECODER);
    Sketch.write(source.resolve("controlnet/model.onnx"), CONTROLNET);
    Files.writeString(source.resolve("model_index.json"), "{}");
    Files.writeString(source.resolve("pytorch_model.bin"), "weights of another kind");

    Installed installed = add();

    assertThat(installed.notes())
        .containsExactly(
            "left out controlnet/model.onnx, which is a controlnet; add it as a pack of its own");
    assertThat(SourceFolder.files(installed.pack().folder()))
        .contains("model_index.json")
        .doesNotContain("controlnet/model.onnx", "pytorch_model.bin");
  }

  @Test
  void float32IsTakenThenFloat16ThenWhatIsAskedFor() throws IOException {
    String net = "onnx/model%s.onnx";
    for (String suffix : List.of("", "_fp16", "_quantized")) {
      Sketch.write(source.resolve(net.formatted(suffix)), CLIP_BOTH);
    }
    assertThat(networks(add().pack())).containsEntry("model", "onnx/model.onnx");
    assertThat(networks(add(variant("a", "quantized")).pack()))
        .containsEntry("model", "onnx/model_quantized.onnx");

    Files.delete(source.resolve("onnx/model.onnx"));
    assertThat(networks(add(named("b")).pack())).containsEntry("model", "onnx/model_fp16.onnx");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> add(variant("c", "q4")))
        .withMessageContaining("found [fp16, quantized]; expected one of [q4]");
  }

  private static Request variant(String name, String variant) {
    return new Request(
        Optional.of(name),
        Optional.of(variant),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void weightsBesideAGraphComeAlong() throws IOException {
    external("model.onnx_data").write(source.resolve("onnx/model.onnx"));
    Files.write(source.resolve("onnx/model.onnx_data"), new byte[8 * Float.BYTES]);
    Files.write(source.resolve("onnx/other.bin"), new byte[10]);

    ModelPack pack = add().pack();

    assertThat(pack.resource("onnx/model.onnx_data")).isPresent();
    assertThat(pack.resource("onnx/other.bin")).isEmpty();
    assertThat(PackCheck.of(pack.folder()).problems()).isEmpty();
  }

  /** A backbone of two features. */
  private static Graph external(String weights) {
    Graph graph = new Graph(1).input("input0", DataType.FLOAT, "B", 4, 1, 1);
    String flat = graph.node("Flatten", "input0");
    return graph
        .named(
            "output0",
            "MatMul",
            List.of(flat, graph.external(weights, 0, 8 * Float.BYTES, 4, 2)),
            Map.of())
        .output("output0", DataType.FLOAT, "B", 2);
  }

  @Test
  void missingAndHostileWeightsAreRefused() throws IOException {
    external("model.onnx_data").write(source.resolve("model.onnx"));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(this::add)
        .withMessageContaining("found no [model.onnx_data]; expected the weights beside the graph");

    external("../../secret").write(source.resolve("model.onnx"));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(this::add)
        .withMessageContaining(
            "found weights in \"../../secret\"; expected a file beside the graph");
  }

  @Test
  void clipWithoutItsProjectionIsRefusedWithTheReason() throws IOException {
    config("", "clip_vision_model");
    Sketch.write(source.resolve("model.onnx"), HIDDEN);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(this::add)
        .withMessageContaining("before the projection (768 wide for ViT-B/32)")
        .withMessageContaining("CLIPVisionModelWithProjection");

    Path text = Files.createDirectories(folder.resolve("text"));
    Sketch.write(text.resolve("model.onnx"), TEXT_ENCODER);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new PackAdder(models).add(text, Request.DEFAULT, RunContext.NONE))
        .withMessageContaining("before the projection");
  }

  @Test
  void aClassifierIsRefusedUnlessItsScoresAreAskedFor() throws IOException {
    Sketch.write(
        source.resolve("model.onnx"), "pixel_values:float[B,3,256,256] -> logits:float[B,1000]");

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(this::add)
        .withMessageContaining("gives logits [*, 1000], the scores of a classifier")
        .withMessageContaining("num_classes=0");
    assertThat(add(kind(PackKind.BACKBONE)).pack().manifest().kind()).isEqualTo(PackKind.BACKBONE);
  }

  @Test
  void maskFormersNeedTheirConfigurationOrAWord() throws IOException {
    Sketch.write(source.resolve("model.onnx"), "pixel_values:float[1,3,32,32]" + MASKS);

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(this::add)
        .withMessageContaining("look alike; expected config.json with its model_type, or --kind");
    assertThat(add(kind(PackKind.MASKFORMER)).pack().manifest().kind())
        .isEqualTo(PackKind.MASKFORMER);
  }

  @Test
  void foldersThatAreNoPackSayWhatIsWrong() throws IOException {
    refused("found no .onnx file; expected the networks of a pack");
    Sketch.write(source.resolve("strange.onnx"), "a:float[3] -> b:float[3]");
    refused(
        "found a network from [a float32 [3]] to [b float32 [3]]; expected one of a known kind");
    Sketch.write(source.resolve("strange.onnx"), CLIP_VISION);
    Sketch.write(
        source.resolve("lama.onnx"),
        "image:float[1,3,8,8] mask:float[1,1,8,8] -> o:float[1,3,8,8]");
    refused("found networks of the kinds [clip, inpainting]; expected one kind");
    Sketch.write(source.resolve("lama.onnx"), CLIP_VISION);
    refused("found a second clip vision beside lama.onnx");
    Files.delete(source.resolve("lama.onnx"));
    Sketch.write(source.resolve("strange.onnx"), UNET);
    refused("expected also [text_encoder, vae_decoder]");
    Sketch.write(source.resolve("strange.onnx"), UNET.replace("->", "time_ids:float[B,6] ->"));
    refused("is the UNet of SDXL");
    byte[] whole = Files.readAllBytes(source.resolve("strange.onnx"));
    Files.write(source.resolve("strange.onnx"), java.util.Arrays.copyOf(whole, whole.length / 2));
    refused("found no ONNX graph, or one that is cut short");
    Files.writeString(source.resolve("strange.onnx"), "version https://git-lfs.github.com/spec/v1");
    refused("expected a network");
    assertThat(models.folder().resolve("some-model")).doesNotExist();
    assertThat(SourceFolder.files(models.folder())).isEmpty();
  }

  private void refused(String words) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(this::add)
        .withMessageContaining(words)
        .withMessageNotContaining(".staging");
  }

  @Test
  void aDoubleGridTellsItsFix() throws IOException {
    Graph graph =
        new Graph(1)
            .input("pixel_values", DataType.FLOAT, 1, 3, 8, 8)
            .input("task_inputs", DataType.INT64, 1, 77);
    String grid = graph.cast(graph.random(1, 1, 8, 8, 2), DataType.DOUBLE);
    graph
        .named("masks_queries_logits", "GridSample", List.of("pixel_values", grid), Map.of())
        .alias("class_queries_logits", "pixel_values")
        .output("class_queries_logits", DataType.FLOAT, 1, 3, 8, 8)
        .output("masks_queries_logits", DataType.FLOAT, 1, 3, 8, 8)
        .write(source.resolve("model.onnx"));

    refused("put a Cast to float before the second input of every GridSample");
  }

  @Test
  void theLicenceIsTheReadmesThenTheFilesThenWhatIsSaid() throws IOException {
    Sketch.write(source.resolve("model.onnx"), CLIP_VISION);
    assertThat(licence("a", Optional.empty())).isEqualTo("unknown, see the origin");
    assertThat(licence("b", Optional.of("MIT"))).isEqualTo("MIT");
    Files.writeString(source.resolve("LICENSE"), "Apache License\nVersion 2.0, January 2004");
    assertThat(licence("c", Optional.of("MIT"))).isEqualTo("Apache-2.0");
    Files.writeString(
        source.resolve("README.md"), "---\ntags: [x]\nlicense: openrail++\n---\n# Hi");
    assertThat(licence("d", Optional.empty())).isEqualTo("openrail++");
    Files.writeString(
        source.resolve("README.md"), "---\nlicense: other\nlicense_name: sai-nc\n---\n");
    assertThat(licence("e", Optional.empty())).isEqualTo("sai-nc");
  }

  private String licence(String name, Optional<String> said) throws IOException {
    return add(new Request(
            Optional.of(name), Optional.empty(), Optional.empty(), said, Optional.empty()))
        .pack()
        .manifest()
        .licence();
  }

  @Test
  void theOriginIsWhatTheConfigurationTells() throws IOException {
    Sketch.write(source.resolve("model.onnx"), CLIP_VISION);
    assertThat(add(named("a")).pack().manifest().origin())
        .isEqualTo("added from a folder named Some Model");
    Files.writeString(
        source.resolve("config.json"), "{\"_name_or_path\": \"openai/clip-vit-base-patch32\"}");
    assertThat(add(named("b")).pack().manifest().origin())
        .isEqualTo("exported from openai/clip-vit-base-patch32, as its config.json says");
  }

  @Test
  void aLoneGraphIsAddedWithoutItsNeighbours() throws IOException {
    Sketch.write(
        source.resolve("ResNet200d.onnx"), "input0:float[B,3,H,W] -> output0:float[B,2048]");
    Sketch.write(source.resolve("other.onnx"), CLIP_VISION);
    Files.writeString(source.resolve("notes.txt"), "of something else");

    ModelPack pack =
        new PackAdder(models)
            .add(source.resolve("ResNet200d.onnx"), Request.DEFAULT, RunContext.NONE)
            .pack();

    assertThat(pack.manifest().name()).isEqualTo("resnet200d");
    assertThat(SourceFolder.files(pack.folder())).containsExactly("ResNet200d.onnx", "pack.json");
  }

  @Test
  void aSnapshotOfLinksAsHuggingFaceCachesItIsAdded() throws IOException {
    external("model.onnx_data").write(folder.resolve("blobs/aa"));
    Files.write(folder.resolve("blobs/bb"), new byte[8 * Float.BYTES]);
    Files.createSymbolicLink(source.resolve("model.onnx"), folder.resolve("blobs/aa"));
    Files.createSymbolicLink(source.resolve("model.onnx_data"), folder.resolve("blobs/bb"));

    ModelPack pack = add().pack();

    assertThat(Files.isSymbolicLink(pack.folder().resolve("model.onnx"))).isFalse();
    assertThat(PackCheck.of(pack.folder()).problems()).isEmpty();
  }

  @Test
  void filesAreLinkedWhereTheDiskAllowsIt() throws IOException {
    Sketch.write(source.resolve("model.onnx"), CLIP_VISION);
    assumeThat(Files.getFileStore(folder).supportsFileAttributeView("unix")).isTrue();

    Path added = add().pack().folder().resolve("model.onnx");

    assertThat(Files.isSameFile(added, source.resolve("model.onnx"))).isTrue();
  }

  @Test
  void aNameIsTakenOnce() throws IOException {
    Sketch.write(source.resolve("model.onnx"), CLIP_VISION);
    add();

    refused("found a pack of this name; remove it first, or choose another with --name");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> add(named("../up")))
        .withMessageContaining("found \"../up\"; expected lower-case letters");
  }

  @Test
  void aPackOfAnotherStoreKeepsItsManifest() throws IOException {
    TinyPack.encoder(source).write();

    assertThat(add(named("tiny")).pack().find("encoder")).isPresent();
    refused("found a pack named \"tiny\"; expected the same name, --name tiny");
  }

  @Test
  void removingDeletesThePackOnly() throws IOException {
    Sketch.write(source.resolve("model.onnx"), CLIP_VISION);
    add();

    assertThat(models.removals("some-model"))
        .singleElement()
        .satisfies(r -> assertThat(r.files()).isEqualTo(2));
    models.remove("some-model");

    assertThat(models.folder().resolve("some-model")).doesNotExist();
    assertThat(source.resolve("model.onnx")).exists();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> models.remove("some-model"))
        .withMessageContaining("found no pack \"some-model\"");
  }
}
