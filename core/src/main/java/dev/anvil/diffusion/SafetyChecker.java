package dev.anvil.diffusion;

import dev.anvil.RunContext;
import dev.anvil.image.Picture;
import dev.anvil.image.PicturePreparation;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Tensor;
import dev.anvil.packs.ModelPack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds pictures that a pack's maker does not want to be shown (docs/model-contracts.md section
 * 5.2).
 */
final class SafetyChecker implements AutoCloseable {
  private static final String ROLE = "safety_checker";
  private static final String VERDICT = "has_nsfw_concepts";
  private static final String IMAGES = "images";

  private final OnnxNetwork network;
  private final PicturePreparation preparation;

  private SafetyChecker(OnnxNetwork network, PicturePreparation preparation) {
    this.network = network;
    this.preparation = preparation;
  }

  /** The pack's checker, empty when it has none. */
  static Optional<SafetyChecker> open(ModelPack pack, int threads) {
    if (pack.find(ROLE).isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<Path> file = pack.resource("feature_extractor/" + PicturePreparation.FILE);
      PicturePreparation preparation =
          file.isPresent()
              ? PicturePreparation.read(file.get(), PicturePreparation.CLIP)
              : PicturePreparation.CLIP;
      return Optional.of(new SafetyChecker(pack.network(ROLE, threads), preparation));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the picture is refused. */
  boolean refuses(Picture picture, RunContext context) {
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put("clip_input", preparation.prepare(picture).tensor());
    if (network.input(IMAGES).isPresent()) {
      float[] values = new float[picture.rgb().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (picture.rgb()[i] & 255) / 255f;
      }
      inputs.put(IMAGES, Tensor.of(values, 1, picture.height(), picture.width(), 3));
    }
    return network.run(inputs, Set.of(VERDICT), context).get(VERDICT).data().get(0) != 0;
  }

  @Override
  public void close() {
    network.close();
  }
}
