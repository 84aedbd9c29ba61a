package dev.anvil.diffusion;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.image.Picture;
import dev.anvil.image.PilResize;
import dev.anvil.image.ProbePictures;
import dev.anvil.onnx.Outputs;
import dev.anvil.onnx.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Tries each network of a diffusion on two inputs: what it gives must be finite numbers, and must
 * differ.
 */
record DiffusionProbe(String pack, PromptEncoder text, Autoencoder autoencoder, List<Unet> unets) {
  /** Side of latents where it is free; the smallest picture is 64 pixels wide. */
  static final int SIDE = 8;

  static final int TOKENS = 77;
  static final int TEXT_WIDTH = 768;
  static final double TIMESTEP = 500;
  private static final int CHANNELS = 4;
  private static final List<String> TEXTS = List.of("a red car", "a blue car");
  private static final List<Integer> SEEDS = List.of(1, 2);

  DiffusionProbe {
    unets = List.copyOf(unets);
  }

  List<Problem> problems(RunContext context) {
    List<Problem> problems =
        new ArrayList<>(tried("text_encoder of " + pack, TEXTS, t -> text.encode(t, context)));
    if (!problems.isEmpty()) {
      return problems;
    }
    Tensor words = text.encode(TEXTS.get(0), context);
    unets.forEach(unet -> problems.addAll(problems(unet, words, context)));
    int height = unets.get(0).height().orElse(SIDE);
    int width = unets.get(0).width().orElse(SIDE);
    problems.addAll(
        tried(
            "vae_decoder of " + pack,
            SEEDS,
            seed ->
                autoencoder.decode(
                    noise(seed, CHANNELS * height * width), 8 * width, 8 * height, context)));
    if (autoencoder.encodes()) {
      problems.addAll(
          tried(
              "vae_encoder of " + pack,
              ProbePictures.TWO,
              picture ->
                  FloatBuffer.wrap(
                      autoencoder.encode(planes(picture, 8 * width, 8 * height), context))));
    }
    return problems;
  }

  private static List<Problem> problems(Unet unet, Tensor words, RunContext context) {
    int height = unet.height().orElse(SIDE);
    int width = unet.width().orElse(SIDE);
    return tried(
        unet.name(),
        SEEDS,
        seed ->
            unet.run(
                noise(seed, unet.channels(), height, width),
                words,
                TIMESTEP,
                1,
                Steering.NONE,
                context));
  }

  /** What is wrong with a network that is given some inputs. */
  static <T> List<Problem> tried(String where, List<T> inputs, Function<T, Object> network) {
    try {
      return Outputs.constant(where, inputs.stream().map(network).toList());
    } catch (InvalidInputException e) {
      return e.problems();
    }
  }

  /** Normal numbers as [1, ...]. */
  static Tensor noise(int seed, int... shape) {
    long[] lengths = new long[shape.length + 1];
    lengths[0] = 1;
    int size = 1;
    for (int i = 0; i < shape.length; i++) {
      lengths[i + 1] = shape[i];
      size *= shape[i];
    }
    return Tensor.of(noise(seed, size), lengths);
  }

  private static float[] noise(int seed, int size) {
    return new TorchRandom(seed).normal(size);
  }

  private static Tensor planes(Picture picture, int width, int height) {
    return Planes.of(
        PilResize.resize(picture, width, height, PilResize.Filter.LANCZOS), 2 / 255., -1);
  }
}
