package dev.anvil.packs;

import dev.anvil.onnx.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells what a network is by its inputs and outputs (docs/model-contracts.md sections 2.4, 3 to 7).
 * The configuration beside it decides between networks that look alike; the name of its file never
 * counts.
 */
final class Recogniser {
  static final String UNPROJECTED =
      "gives last_hidden_state and pooler_output, which are CLIP's features before the projection"
          + " (768 wide for ViT-B/32); expected image_embeds or text_embeds: export"
          + " CLIPVisionModelWithProjection and CLIPTextModelWithProjection, see docs/models.md";

  private final List<TensorSpec> inputs;
  private final List<TensorSpec> outputs;
  private final String model;
  private final Optional<PackKind> asked;

  private Recogniser(
      List<TensorSpec> inputs, List<TensorSpec> outputs, String model, Optional<PackKind> asked) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.model = model.toLowerCase(Locale.ROOT);
    this.asked = asked;
  }

  /**
   * Recognises a network.
   *
   * @param model the {@code model_type} of its config.json, or a text without meaning
   * @param asked the kind that the user says it is, which decides where two fit
   */
  static Recognition of(
      List<TensorSpec> inputs, List<TensorSpec> outputs, String model, Optional<PackKind> asked) {
    return new Recogniser(inputs, outputs, model, asked).recognise();
  }

  private Recognition recognise() {
    if (inputs.isEmpty() || outputs.isEmpty()) {
      return Recognition.UNKNOWN;
    }
    if (takes("sample", "timestep", "encoder_hidden_states")) {
      return diffusion();
    }
    if (takes("clip_input", "images")) {
      return Recognition.of(PackKind.STABLE_DIFFUSION, "safety_checker");
    }
    if (takes("input_points") || takes("point_coords")) {
      return Recognition.of(PackKind.SAM, "decoder");
    }
    if (gives("image_embeddings")) {
      return Recognition.of(PackKind.SAM, "encoder");
    }
    if (takes("image", "mask") && !gives("whole")) {
      return Recognition.of(PackKind.INPAINTING, "model");
    }
    if (takes("input_ids")) {
      return takes("pixel_values") ? textAndPicture() : text();
    }
    if (takes("pixel_values", "task_inputs")) {
      return Recognition.of(PackKind.ONEFORMER, "model");
    }
    if (tokens(inputs.get(0)) && inputs.size() == 1 && rank(outputs.get(0)) == 2) {
      return Recognition.of(PackKind.CLIP, "text");
    }
    return rank(inputs.get(0)) == 4 ? picture() : Recognition.UNKNOWN;
  }

  /** CLIP's 77 tokens under a name of the exporter's choice. */
  private static boolean tokens(TensorSpec input) {
    return input.type().startsWith("int") && rank(input) == 2 && input.shape().get(1) == 77;
  }

  private Recognition diffusion() {
    if (takes("time_ids")) {
      return Recognition.refused(
          "is the UNet of SDXL (it takes time_ids); expected one of SD 1.x, 2.x, Turbo or LCM");
    }
    if (takes("controlnet_cond")) {
      return Recognition.of(PackKind.CONTROLNET, "model");
    }
    boolean controlled =
        takes("controlnet_conds")
            || inputs.stream().anyMatch(i -> i.name().startsWith("mid_block"));
    return Recognition.of(PackKind.STABLE_DIFFUSION, controlled ? "controlled_unet" : "unet");
  }

  private Recognition textAndPicture() {
    if (gives("image_embeds") || gives("text_embeds")) {
      return Recognition.of(PackKind.CLIP, "model");
    }
    if (gives("logits_per_image")) {
      return Recognition.refused(
          "gives logits_per_image without image_embeds; expected the embeddings as outputs");
    }
    return gives("logits") ? Recognition.of(PackKind.CLIPSEG, "model") : Recognition.UNKNOWN;
  }

  private Recognition text() {
    if (gives("text_embeds") || (family("siglip") && gives("pooler_output"))) {
      return Recognition.of(PackKind.CLIP, "text");
    }
    if (gives("last_hidden_state")) {
      boolean clip =
          family("clip") || (model.isEmpty() && !takes("attention_mask") && inputs.size() == 1);
      return clip
          ? Recognition.of(PackKind.STABLE_DIFFUSION, "text_encoder")
          : Recognition.of(PackKind.SENTENCE, "model");
    }
    if (gives("sentence_embedding") || gives("token_embeddings")) {
      return Recognition.of(PackKind.SENTENCE, "model");
    }
    return family("clip") && rank(outputs.get(0)) == 2
        ? Recognition.of(PackKind.CLIP, "text")
        : Recognition.UNKNOWN;
  }

  private Recognition picture() {
    if (gives("class_queries_logits", "masks_queries_logits")) {
      return maskFormers();
    }
    if (gives("pred_masks", "pred_boxes")) {
      return Recognition.of(PackKind.DETR, "model");
    }
    if (gives("predicted_depth")) {
      return Recognition.of(PackKind.DEPTH, "model");
    }
    if (gives("image_embeds")) {
      return Recognition.of(PackKind.CLIP, "vision");
    }
    if (gives("latent_parameters") || (takes("sample") && gives("latent_sample"))) {
      return Recognition.of(PackKind.STABLE_DIFFUSION, "vae_encoder");
    }
    if (takes("latent_sample")) {
      return Recognition.of(PackKind.STABLE_DIFFUSION, "vae_decoder");
    }
    if (gives("logits")) {
      return rank(output("logits")) == 4
          ? Recognition.of(PackKind.SEGFORMER, "model")
          : classifier(output("logits"));
    }
    return gives("last_hidden_state") || gives("pooler_output") ? hidden() : unnamed();
  }

  private Recognition maskFormers() {
    return switch (model) {
      case "mask2former" -> Recognition.of(PackKind.MASK2FORMER, "model");
      case "maskformer" -> Recognition.of(PackKind.MASKFORMER, "model");
      default ->
          asked
              .filter(k -> k == PackKind.MASK2FORMER || k == PackKind.MASKFORMER)
              .map(k -> Recognition.of(k, "model"))
              .orElseGet(
                  () ->
                      Recognition.refused(
                          "is a MaskFormer or a Mask2Former, which look alike; expected config.json"
                              + " with its model_type, or --kind"));
    };
  }

  private Recognition hidden() {
    if (family("siglip")) {
      return Recognition.of(PackKind.CLIP, "vision");
    }
    return family("clip")
        ? Recognition.refused(UNPROJECTED)
        : Recognition.of(PackKind.BACKBONE, "model");
  }

  /** Networks of one picture whose tensors have names of their exporter's choice. */
  private Recognition unnamed() {
    TensorSpec in = inputs.get(0);
    TensorSpec out = outputs.get(0);
    if (inputs.size() != 1) {
      return Recognition.UNKNOWN;
    }
    if (rank(out) == 2) {
      return family("clip") || asked.equals(Optional.of(PackKind.CLIP))
          ? Recognition.of(PackKind.CLIP, "vision")
          : out.shape().get(1) == 1000 ? classifier(out) : backbone();
    }
    if (rank(out) != 4) {
      return Recognition.UNKNOWN;
    }
    if (may(in, 1, 4) && !may(in, 1, 3) && may(out, 1, 3)) {
      return Recognition.of(PackKind.INPAINTING, "model");
    }
    boolean oneMask = may(in, 1, 3) && may(out, 1, 1) && may(out, 2, in.shape().get(2));
    return oneMask ? Recognition.of(PackKind.FOREGROUND, "model") : Recognition.UNKNOWN;
  }

  private Recognition classifier(TensorSpec logits) {
    return asked.equals(Optional.of(PackKind.BACKBONE))
        ? backbone()
        : Recognition.refused(
            ("gives %s %s, the scores of a classifier; expected the features before it: export with"
                    + " num_classes=0, see docs/models.md (--kind backbone takes the scores)")
                .formatted(logits.name(), TensorSpec.show(logits.shape())));
  }

  private static Recognition backbone() {
    return Recognition.of(PackKind.BACKBONE, "model");
  }

  private boolean takes(String... names) {
    return has(inputs, names);
  }

  private boolean gives(String... names) {
    return has(outputs, names);
  }

  private static boolean has(List<TensorSpec> tensors, String... names) {
    return Arrays.stream(names)
        .allMatch(name -> tensors.stream().anyMatch(t -> t.name().equals(name)));
  }

  private TensorSpec output(String name) {
    return outputs.stream().filter(o -> o.name().equals(name)).findFirst().orElseThrow();
  }

  private boolean family(String name) {
    return model.startsWith(name);
  }

  private static int rank(TensorSpec tensor) {
    return tensor.shape().size();
  }

  /** Whether an axis has this length or is free. */
  private static boolean may(TensorSpec tensor, int axis, long length) {
    long found = tensor.shape().get(axis);
    return found == length || found == TensorSpec.FREE || length == TensorSpec.FREE;
  }
}
