package dev.anvil.encode;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.image.PicturePreparation;
import dev.anvil.image.Size;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Tensor;
import dev.anvil.onnx.TensorSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A network that takes prepared pictures and gives an embedding of each, and often the features at
 * each place of the picture. Safe for use from several threads.
 */
final class PictureNetwork implements AutoCloseable {
  private static final String FEATURES = "last_hidden_state";

  /** A batch of one takes other ways through some operators, and gives other bits. */
  private static final int LEAST = 2;

  private final OnnxNetwork network;
  private final TensorSpec input;
  private final Map<String, Tensor> texts;
  private final Size frame;
  private final String output;
  private final Optional<String> features;
  private final int width;
  private final Optional<FeatureGrid> grid;
  private final Queue<FloatBuffer> spare = new ConcurrentLinkedQueue<>();

  /**
   * A picture to look at.
   *
   * @param planes as the preparation makes them
   * @param weights of the grid's cells whose features are averaged; empty for none
   */
  record Input(float[] planes, Optional<float[]> weights) {}

  /**
   * What the network gives for a picture.
   *
   * @param element the weighted average, where weights were given
   */
  record Output(float[] embedding, Optional<float[]> element) {}

  /**
   * Looks at the network's inputs and outputs, and tries it on a picture of nothing.
   *
   * @param where for problems
   * @throws InvalidInputException when it does not do what is asked, with the reason
   */
  PictureNetwork(
      OnnxNetwork network,
      String where,
      PicturePreparation preparation,
      Embedding embedding,
      PackConfig config) {
    this.network = network;
    this.input = OtherHalf.picture(network, where);
    this.texts = OtherHalf.texts(network, where);
    this.frame = frame(preparation, input, where);
    TensorSpec chosen = embedding.choose(network.outputs(), config, where);
    this.output = chosen.name();
    this.features =
        Optional.of(FEATURES)
            .filter(f -> network.outputs().stream().anyMatch(o -> o.name().equals(f)))
            .or(() -> chosen.shape().size() > 2 ? Optional.of(output) : Optional.empty());
    Map<String, Tensor> tried = tryOut(where);
    this.width = tried.get(output).dim(tried.get(output).shape().size() == 3 ? 2 : 1);
    this.grid = features.flatMap(f -> FeatureGrid.of(tried.get(f)));
    embedding.choose(
        network.outputs().stream()
            .map(o -> o.name().equals(output) ? spec(o, tried.get(output)) : o)
            .toList(),
        config,
        where);
  }

  /** Number of floats of an embedding. */
  int width() {
    return width;
  }

  /** How features lie over the picture, where the network gives them. */
  Optional<FeatureGrid> grid() {
    return grid;
  }

  /** What the network gives for each picture, in their order. */
  List<Output> run(List<Input> inputs, RunContext context) {
    long fixed = input.shape().get(0);
    int size = fixed == TensorSpec.FREE ? Math.max(LEAST, inputs.size()) : Math.toIntExact(fixed);
    List<Output> out = new ArrayList<>();
    for (int from = 0; from < inputs.size(); from += size) {
      List<Input> some = inputs.subList(from, Math.min(inputs.size(), from + size));
      boolean isAsked = some.stream().anyMatch(l -> l.weights().isPresent());
      Map<String, Tensor> given = run(some, size, isAsked, context);
      for (int i = 0; i < some.size(); i++) {
        int picture = i;
        out.add(
            new Output(
                embedding(given.get(output), i),
                some.get(i)
                    .weights()
                    .map(
                        w ->
                            grid.orElseThrow()
                                .mean(given.get(features.orElseThrow()), picture, w))));
      }
    }
    return out;
  }

  @Override
  public void close() {
    network.close();
  }

  private Map<String, Tensor> run(
      List<Input> inputs, int size, boolean withFeatures, RunContext context) {
    FloatBuffer planes = take(size * 3 * frame.width() * frame.height());
    try {
      planes.clear();
      inputs.forEach(l -> planes.put(l.planes()));
      int end = size * 3 * frame.width() * frame.height();
      while (planes.position() < end) {
        planes.put(0); // a batch of one length only
      }
      Map<String, Tensor> feed = new LinkedHashMap<>(texts);
      feed.put(
          input.name(),
          new Tensor(
              planes.flip(),
              List.of((long) size, 3L, (long) frame.height(), (long) frame.width())));
      Set<String> wanted = new LinkedHashSet<>(List.of(output));
      if (withFeatures) {
        features.ifPresent(wanted::add);
      }
      return network.run(feed, wanted, context);
    } finally {
      spare.add(planes);
    }
  }

  /** Of tokens the first, the class token; of a map the average. */
  private float[] embedding(Tensor given, int picture) {
    float[] row = new float[width];
    int each = given.data().limit() / given.dim(0);
    if (given.shape().size() < 4) {
      given.data().get(picture * each, row);
      return row;
    }
    int cells = each / width;
    for (int c = 0; c < width; c++) {
      double sum = 0;
      for (int i = 0; i < cells; i++) {
        sum += given.data().get(picture * each + c * cells + i);
      }
      row[c] = (float) (sum / cells);
    }
    return row;
  }

  private Map<String, Tensor> tryOut(String where) {
    int size = (int) Math.max(1, input.shape().get(0));
    try {
      return run(List.of(), size, true, RunContext.NONE);
    } catch (IllegalStateException e) {
      throw new InvalidInputException(
          where,
          "found that the network does not run on a picture of %s, as its configuration prepares it"
                  .formatted(frame)
              + " (%s); expected it to".formatted(e.getMessage()));
    }
  }

  /** The one size that all pictures are prepared to. */
  private static Size frame(PicturePreparation preparation, TensorSpec input, String where) {
    Size frame = preparation.framing(new Size(640, 480)).frame();
    if (!frame.equals(preparation.framing(new Size(300, 500)).frame())) {
      throw new InvalidInputException(
          where,
          "found that pictures are prepared to a size that depends on the picture; expected one"
              + " size: a crop_size, or a size of height and width, in "
              + PicturePreparation.FILE);
    }
    long height = input.shape().get(2);
    long width = input.shape().get(3);
    if ((height != TensorSpec.FREE && height != frame.height())
        || (width != TensorSpec.FREE && width != frame.width())) {
      throw new InvalidInputException(
          where,
          "found an input of %s for pictures that are prepared to %s; expected one size"
              .formatted(input.typeAndShape(), frame));
    }
    return frame;
  }

  private static TensorSpec spec(TensorSpec declared, Tensor given) {
    return new TensorSpec(declared.name(), declared.type(), given.shape());
  }

  private FloatBuffer take(int size) {
    FloatBuffer buffer = spare.poll();
    return buffer != null && buffer.capacity() >= size ? buffer : Tensor.direct(size);
  }
}
