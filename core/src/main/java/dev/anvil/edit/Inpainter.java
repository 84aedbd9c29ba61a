package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PilResize;
import dev.anvil.image.PilResize.Filter;
import dev.anvil.image.ProbePictures;
import dev.anvil.image.Size;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Outputs;
import dev.anvil.onnx.Tensor;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.ModelPack;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network that fills a hole: LaMa, MI-GAN's pipeline or MI-GAN alone, known by its inputs
 * (docs/model-contracts.md section 7). Safe for use from several threads.
 */
final class Inpainter implements HoleFill, AutoCloseable {
  /** Longest side that a network of any size is given. */
  private static final int LARGEST = 1024;

  private static final int MULTIPLE = 8;
  private static final int MIGAN_SIDE = 512;
  private static final double SURROUNDINGS = 2;
  private static final int LEAST_SIDE = 128;

  private enum Contract {
    /** Picture 0 to 1 and mask, 1 = fill; gives 0 to 255. */
    LAMA,
    /** Picture 0 to 255 and mask, 255 = known; cuts out and blends by itself. */
    MIGAN_PIPELINE,
    /** Mask - .5, 1 = known, above the known picture of -1 to 1; gives -1 to 1. */
    MIGAN
  }

  private final String pack;
  private final OnnxNetwork network;
  private final Contract contract;
  private final TensorSpec image;
  private final Optional<TensorSpec> mask;
  private final String output;

  /**
   * Loads a pack's network and recognises what it is.
   *
   * @param threads within one call of the network
   * @throws InvalidInputException when its inputs and outputs are those of no network known
   */
  static Inpainter open(ModelPack pack, int threads) {
    OnnxNetwork network = pack.network("model", threads);
    try {
      return new Inpainter(pack.id(), network);
    } catch (InvalidInputException e) {
      network.close();
      throw e;
    }
  }

  private Inpainter(String pack, OnnxNetwork network) {
    this.pack = requireNonNull(pack, "pack is null");
    this.network = requireNonNull(network, "network is null");
    List<TensorSpec> inputs = network.inputs();
    Optional<TensorSpec> four = only(inputs, 4);
    this.image = four.or(() -> only(inputs, 3)).orElseThrow(this::unknown);
    this.mask = four.isPresent() ? Optional.empty() : only(inputs, 1);
    boolean bytes = image.type().equals("uint8");
    if (inputs.size() != (four.isPresent() ? 1 : 2)
        || (four.isEmpty() && mask.isEmpty())
        || mask.filter(m -> m.type().equals("uint8") != bytes).isPresent()
        || (four.isPresent() && bytes)) {
      throw unknown();
    }
    this.contract =
        four.isPresent() ? Contract.MIGAN : bytes ? Contract.MIGAN_PIPELINE : Contract.LAMA;
    TensorSpec out = network.outputs().get(0);
    if (!hasChannels(out, 3) || out.type().equals("uint8") != bytes) {
      throw unknown();
    }
    this.output = out.name();
  }

  /** The id of the network's pack. */
  String pack() {
    return pack;
  }

  /** The input of so many channels; of two with free channels the names tell. */
  private static Optional<TensorSpec> only(List<TensorSpec> inputs, int channels) {
    List<TensorSpec> fixed =
        inputs.stream()
            .filter(i -> hasChannels(i, channels) && i.shape().get(1) == channels)
            .toList();
    if (!fixed.isEmpty()) {
      return fixed.size() == 1 ? Optional.of(fixed.get(0)) : Optional.empty();
    }
    String name = channels == 3 ? "image" : channels == 1 ? "mask" : "";
    return inputs.stream()
        .filter(i -> i.name().equals(name) && hasChannels(i, channels))
        .findFirst();
  }

  private static boolean hasChannels(TensorSpec tensor, int channels) {
    return tensor.shape().size() == 4
        && (tensor.shape().get(1) == channels || tensor.shape().get(1) == TensorSpec.FREE);
  }

  private InvalidInputException unknown() {
    return new InvalidInputException(
        pack,
        "found inputs %s and outputs %s; expected those of LaMa (image [1, 3, H, W] and mask [1, 1,"
                .formatted(show(network.inputs()), show(network.outputs()))
            + " H, W], float), of MI-GAN's pipeline (the same in uint8) or of MI-GAN (one float"
            + " input [1, 4, H, W]), and a picture [1, 3, H, W] of the same type");
  }

  private static List<String> show(List<TensorSpec> tensors) {
    return tensors.stream().map(t -> t.name() + " " + t.typeAndShape()).toList();
  }

  @Override
  public void close() {
    network.close();
  }

  @Override
  public Picture fill(Picture source, Mask hole, Box bounds, long seed, RunContext context) {
    Box part =
        contract == Contract.MIGAN_PIPELINE
            ? Window.whole(source)
            : Window.square(bounds, SURROUNDINGS, LEAST_SIDE, source);
    Window window = Window.of(part, canvas(part));
    Picture view = window.view(source);
    Picture filled = run(view, window.view(hole).threshold(0), context);
    if (filled.isUniform() && !view.isUniform()) {
      Outputs.requireVariation(pack, tried(context));
    }
    return window.back(filled, source);
  }

  /** What is wrong with the network, tried on pictures made for this; nothing when it is sound. */
  List<Problem> problems(RunContext context) {
    try {
      return Outputs.constant(pack, tried(context));
    } catch (InvalidInputException e) {
      return e.problems();
    }
  }

  private List<Picture> tried(RunContext context) {
    return ProbePictures.TWO.stream()
        .map(
            picture -> {
              Size side = canvas(new Box(0, 0, picture.width(), picture.height()));
              float[] alpha = new float[side.width() * side.height()];
              Arrays.fill(alpha, alpha.length / 3, alpha.length / 2, 1);
              return run(
                  PilResize.resize(picture, side.width(), side.height(), Filter.LANCZOS),
                  new Mask(side.width(), side.height(), alpha),
                  context);
            })
        .toList();
  }

  /** The size that the graph declares; where it leaves a choice, the part's own within reason. */
  private Size canvas(Box part) {
    Size free =
        switch (contract) {
          case LAMA ->
              Window.canvas(
                  part, Math.min(LARGEST, Math.max(part.width(), part.height())), MULTIPLE);
          case MIGAN_PIPELINE -> new Size((int) part.width(), (int) part.height());
          case MIGAN -> new Size(MIGAN_SIDE, MIGAN_SIDE);
        };
    long height = image.shape().get(2);
    long width = image.shape().get(3);
    return new Size(
        width == TensorSpec.FREE ? free.width() : (int) width,
        height == TensorSpec.FREE ? free.height() : (int) height);
  }

  private Picture run(Picture picture, Mask hole, RunContext context) {
    Map<String, Tensor> feed = new LinkedHashMap<>();
    int w = picture.width();
    int h = picture.height();
    Tensor in = Tensor.allocate(1, mask.isPresent() ? 3 : 4, h, w);
    float[] open = hole.alpha();
    int n = open.length;
    for (int i = 0; i < n; i++) {
      if (contract == Contract.MIGAN) {
        in.data().put(i, .5f - open[i]);
      }
      for (int c = 0; c < 3; c++) {
        float value = picture.rgb()[i * 3 + c] & 255;
        switch (contract) {
          case LAMA -> in.data().put(c * n + i, value / 255);
          case MIGAN_PIPELINE -> in.data().put(c * n + i, value);
          case MIGAN -> in.data().put((c + 1) * n + i, (value / 127.5f - 1) * (1 - open[i]));
        }
      }
    }
    feed.put(image.name(), in);
    mask.ifPresent(
        m -> {
          Tensor tensor = Tensor.allocate(1, 1, h, w);
          for (int i = 0; i < n; i++) {
            tensor.data().put(i, contract == Contract.LAMA ? open[i] : 255 * (1 - open[i]));
          }
          feed.put(m.name(), tensor);
        });
    return picture(network.run(feed, context).get(output), picture);
  }

  private Picture picture(Tensor made, Picture asked) {
    List<Long> expected = List.of(1L, 3L, (long) asked.height(), (long) asked.width());
    if (!made.shape().equals(expected)) {
      throw new InvalidInputException(
          pack, "gave a picture of shape %s; expected %s".formatted(made.shape(), expected));
    }
    Outputs.requireNumbers(pack, Map.of(output, made));
    FloatBuffer values = made.data();
    byte[] rgb = new byte[values.limit()];
    int n = rgb.length / 3;
    float brightest = 0;
    for (int i = 0; i < rgb.length; i++) {
      float value = values.get(i);
      brightest = Math.max(brightest, value);
      float level = contract == Contract.MIGAN ? (value + 1) * 127.5f : value;
      rgb[i % n * 3 + i / n] = (byte) Math.max(0, Math.min(255, Math.round(level)));
    }
    if (contract == Contract.LAMA && brightest <= 1.5f && mean(asked) > 16) {
      throw new InvalidInputException(
          pack,
          "gave colours of at most %s; expected 0 to 255, as LaMa gives".formatted(brightest));
    }
    return new Picture(asked.width(), asked.height(), rgb);
  }

  private static double mean(Picture picture) {
    double sum = 0;
    for (byte b : picture.rgb()) {
      sum += b & 255;
    }
    return sum / picture.rgb().length;
  }
}
