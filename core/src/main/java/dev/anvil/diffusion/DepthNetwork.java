package dev.anvil.diffusion;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PicturePreparation;
import dev.anvil.image.PilResize.Filter;
import dev.anvil.image.ProbePictures;
import dev.anvil.image.Size;
import dev.anvil.image.SizeRule;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Outputs;
import dev.anvil.onnx.Tensor;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.ModelPack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Finds how near each pixel is, for example Depth-Anything (docs/model-contracts.md section 4.10).
 * The picture is stretched to the network's size; where that is free, to the one of the {@code
 * preprocessor_config.json} in multiples of 14.
 */
public final class DepthNetwork implements AutoCloseable {
  private static final int PATCH = 14;
  private static final PicturePreparation USUAL =
      PicturePreparation.imagenet(new SizeRule.Exact(new Size(518, 518)), Filter.BICUBIC);

  private final String id;
  private final OnnxNetwork network;
  private final TensorSpec input;
  private final PicturePreparation preparation;

  private DepthNetwork(String id, OnnxNetwork network, PicturePreparation preparation) {
    this.id = id;
    this.network = network;
    this.preparation = preparation;
    this.input = network.inputs().get(0);
    if (network.inputs().size() != 1 || input.shape().size() != 4) {
      throw new InvalidInputException(
          id, "found inputs %s; expected one of rank 4".formatted(network.inputs()));
    }
  }

  /**
   * Opens a pack of kind {@code depth}.
   *
   * @param threads within one call of the network
   * @throws InvalidInputException when its network takes something else than a picture
   */
  public static DepthNetwork open(ModelPack pack, int threads) {
    OnnxNetwork network = pack.network("model", threads);
    try {
      return new DepthNetwork(pack.id(), network, PicturePreparation.of(pack, USUAL));
    } catch (IOException e) {
      network.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** The pack's id. */
  public String id() {
    return id;
  }

  /**
   * How near each pixel is: 0 the farthest of the picture, 1 the nearest; of the picture's size.
   *
   * @throws InvalidInputException when the network gives values that are no finite numbers
   */
  public Mask nearness(Picture picture, RunContext context) {
    Size usual = preparation.framing(Size.of(picture)).frame();
    Size size = new Size(side(3, usual.width()), side(2, usual.height()));
    Tensor planes = preparation.stretched(size).prepare(picture).tensor();
    Map<String, Tensor> out =
        Outputs.requireNumbers(id, network.run(Map.of(input.name(), planes), context));
    Tensor depth = out.getOrDefault("predicted_depth", out.values().iterator().next());
    int rank = depth.shape().size();
    return new Mask(depth.dim(rank - 1), depth.dim(rank - 2), spread(depth.toArray()))
        .resized(picture.width(), picture.height());
  }

  /** What is wrong with its network, tried on pictures made for this; nothing when it is sound. */
  public List<Problem> problems(RunContext context) {
    return DiffusionProbe.tried(id, ProbePictures.TWO, picture -> nearness(picture, context));
  }

  private int side(int axis, int usual) {
    long fixed = input.shape().get(axis);
    return fixed != TensorSpec.FREE
        ? Math.toIntExact(fixed)
        : Math.max(PATCH, usual / PATCH * PATCH);
  }

  private static float[] spread(float[] values) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float v : values) {
      least = Math.min(least, v);
      most = Math.max(most, v);
    }
    float[] out = new float[values.length];
    for (int i = 0; i < out.length && most > least; i++) {
      out[i] = (values[i] - least) / (most - least);
    }
    return out;
  }

  @Override
  public void close() {
    network.close();
  }
}
