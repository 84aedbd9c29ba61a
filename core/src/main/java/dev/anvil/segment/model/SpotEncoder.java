package dev.anvil.segment.model;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.image.Framing;
import dev.anvil.image.Picture;
import dev.anvil.image.PicturePreparation;
import dev.anvil.image.PicturePreparation.Prepared;
import dev.anvil.image.PilResize.Filter;
import dev.anvil.image.Size;
import dev.anvil.image.SizeRule;
import dev.anvil.onnx.Tensor;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.ModelPack;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The encoder of a Segment Anything pack (docs/model-contracts.md section 4.6). The picture is
 * fitted into the network's frame, the rest right and below is padding. It goes in as normalised
 * planes [1, 3, height, width], or, as samexporter has it, as pixels of 0 to 255 [height, width,
 * 3].
 */
final class SpotEncoder implements AutoCloseable {
  static final String EMBEDDINGS = "image_embeddings";
  static final String POSITIONS = "image_positional_embeddings";
  private static final Size USUAL = new Size(1024, 1024);

  /** What samexporter ships. */
  private static final Size USUAL_PIXELS = new Size(1024, 684);

  private final PackNetwork network;
  private final String input;
  private final boolean isPixels;
  private final Size frame;
  private final PicturePreparation normalisation;
  private final Set<String> outputs;

  private SpotEncoder(
      PackNetwork network, boolean isPixels, Size frame, PicturePreparation normalisation) {
    this.network = network;
    this.input = network.inputs().get(0).name();
    this.isPixels = isPixels;
    this.frame = frame;
    this.normalisation = normalisation;
    this.outputs =
        network.hasOutput(EMBEDDINGS) && network.hasOutput(POSITIONS)
            ? Set.of(EMBEDDINGS, POSITIONS)
            : Set.of(network.firstOutput());
  }

  static SpotEncoder open(ModelPack pack, int threads) throws IOException {
    PicturePreparation said =
        PicturePreparation.of(
            pack, PicturePreparation.imagenet(new SizeRule.Longest(1024), Filter.BILINEAR));
    PackNetwork network = PackNetwork.open(pack, "encoder", threads);
    try {
      TensorSpec first = network.inputs().get(0);
      network.require(Set.of(first.name()), Set.of(), Set.of());
      List<Long> shape = first.shape();
      boolean isPixels = shape.size() == 3 && shape.get(2) == 3;
      if (!isPixels && shape.size() != 4) {
        throw new InvalidInputException(
            "%s input %s".formatted(network.where(), first.name()),
            "found %s; expected a picture, [1, 3, height, width] or [height, width, 3]"
                .formatted(first.typeAndShape()));
      }
      Size frame =
          isPixels
              ? new Size(
                  network.length(first.name(), 1, USUAL_PIXELS.width()),
                  network.length(first.name(), 0, USUAL_PIXELS.height()))
              : network.declaredSize(first.name()).or(said::pad).orElse(USUAL);
      return new SpotEncoder(network, isPixels, frame, said);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** Where the network's pixels lie in a picture. */
  Framing framing(Picture picture) {
    return preparation(Size.of(picture)).framing(Size.of(picture));
  }

  /** The picture's encoding: {@link #EMBEDDINGS}, and {@link #POSITIONS} where there are any. */
  Map<String, Tensor> encode(Picture picture, RunContext context) {
    Prepared prepared = preparation(Size.of(picture)).prepare(picture);
    Tensor tensor = isPixels ? interleaved(prepared.tensor()) : prepared.tensor();
    Map<String, Tensor> out = network.run(Map.of(input, tensor), outputs, context);
    return outputs.size() == 1 ? Map.of(EMBEDDINGS, out.values().iterator().next()) : out;
  }

  private PicturePreparation preparation(Size picture) {
    double scale =
        Math.min(
            (double) frame.width() / picture.width(), (double) frame.height() / picture.height());
    Size fitted =
        new Size(
            Math.max(1, Math.min(frame.width(), (int) (picture.width() * scale + .5))),
            Math.max(1, Math.min(frame.height(), (int) (picture.height() * scale + .5))));
    return new PicturePreparation(
        Optional.of(new SizeRule.Exact(fitted)),
        normalisation.filter(),
        Optional.empty(),
        isPixels ? 1 : normalisation.scale(),
        isPixels ? List.of(0f, 0f, 0f) : normalisation.mean(),
        isPixels ? List.of(1f, 1f, 1f) : normalisation.std(),
        Optional.of(frame));
  }

  private static Tensor interleaved(Tensor planes) {
    int height = planes.dim(2);
    int width = planes.dim(3);
    float[] in = planes.toArray();
    float[] out = new float[in.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = in[i % 3 * height * width + i / 3];
    }
    return Tensor.of(out, height, width, 3);
  }

  @Override
  public void close() {
    network.close();
  }
}
