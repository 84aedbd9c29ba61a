package dev.anvil.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.anvil.image.PicturePreparation;
import dev.anvil.image.PilResize.Filter;
import dev.anvil.image.Size;
import dev.anvil.image.SizeRule;
import dev.anvil.packs.ModelPack;
import dev.anvil.text.Documents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a pack's {@code config.json} says of its architecture; says nothing where there is none. */
record PackConfig(JsonNode root) {
  private static final String FILE = "config.json";
  private static final int SIDE = 224;

  static PackConfig of(ModelPack pack) throws IOException {
    Optional<Path> file = pack.resource(FILE);
    if (file.isEmpty()) {
      return new PackConfig(MissingNode.getInstance());
    }
    return new PackConfig(Documents.json(file.get(), "the network's configuration"));
  }

  /** SigLIP has no projection: what it pools is the embedding. */
  boolean isSiglip() {
    return root.path("model_type").asText().startsWith("siglip");
  }

  /** Width of the space that pictures and texts share. */
  OptionalInt projection() {
    return whole(root.path("projection_dim"));
  }

  /** Side of the pictures. */
  OptionalInt imageSize() {
    OptionalInt size = whole(root.path("vision_config").path("image_size"));
    return size.isPresent() ? size : whole(root.path("image_size"));
  }

  /**
   * How pictures are prepared where no {@code preprocessor_config.json} says it: as timm's own
   * configuration says, else as CLIP, SigLIP, or timm's ImageNet evaluation do.
   *
   * @param clip whether texts share the space
   * @param side of the pictures that the network takes, where it takes one size only
   */
  PicturePreparation preparation(boolean clip, OptionalInt side) {
    if (isSiglip()) {
      return siglip(side.orElse(imageSize().orElse(SIDE)));
    }
    if (clip) {
      return clip(side.orElse(imageSize().orElse(SIDE)));
    }
    JsonNode timm = root.path("pretrained_cfg");
    int timmSide = timm.path("input_size").path(1).asInt(imageSize().orElse(256));
    PicturePreparation usual =
        PicturePreparation.timm(
            side.orElse(timmSide),
            share(timm),
            timm.path("interpolation").asText("bicubic").equals("bilinear")
                ? Filter.BILINEAR
                : Filter.BICUBIC);
    return new PicturePreparation(
        usual.resize(),
        usual.filter(),
        usual.crop(),
        usual.scale(),
        three(timm.path("mean"), usual.mean()),
        three(timm.path("std"), usual.std()),
        usual.pad());
  }

  private static PicturePreparation clip(int side) {
    PicturePreparation clip = PicturePreparation.CLIP;
    return new PicturePreparation(
        Optional.of(new SizeRule.Shortest(side)),
        clip.filter(),
        Optional.of(new PicturePreparation.Crop(new Size(side, side), false)),
        clip.scale(),
        clip.mean(),
        clip.std(),
        clip.pad());
  }

  private static PicturePreparation siglip(int side) {
    List<Float> half = List.of(.5f, .5f, .5f);
    return new PicturePreparation(
        Optional.of(new SizeRule.Exact(new Size(side, side))),
        Filter.BICUBIC,
        Optional.empty(),
        PicturePreparation.CLIP.scale(),
        half,
        half,
        Optional.empty());
  }

  private static double share(JsonNode timm) {
    double share = timm.path("crop_pct").asDouble(.95);
    return share > 0 && share <= 1 ? share : 1;
  }

  private static List<Float> three(JsonNode values, List<Float> otherwise) {
    return values.size() == 3 ? values.valueStream().map(JsonNode::floatValue).toList() : otherwise;
  }

  private static OptionalInt whole(JsonNode node) {
    return node.isInt() && node.intValue() > 0
        ? OptionalInt.of(node.intValue())
        : OptionalInt.empty();
  }
}
