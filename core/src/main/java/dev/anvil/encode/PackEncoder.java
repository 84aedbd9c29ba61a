package dev.anvil.encode;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.image.NetworkInput;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Tensor;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackManifest.Layer;
import dev.anvil.packs.PackManifest.PackFile;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An encoder of a convolutional model pack: averages of its layers over the whole picture (block
 * {@code whole}) and inside the main element's mask (block {@code element}), raw, and the element's
 * size and place as fractions (block {@code place}). Columns of the last two are NaN where no
 * element was found (docs/method.md section 4.3).
 *
 * <p>The pack's {@code encoder} takes {@code image} [N, 3, height, width] and {@code mask} [N, 1,
 * height, width] of 0 to 1, and gives {@code whole} and {@code element} [N, D].
 */
final class PackEncoder implements Encoder {
  private static final String ROLE = "encoder";

  private final String id;
  private final OnnxNetwork network;
  private final NetworkInput input;
  private final int columns;
  private final List<Layer> layers;
  private final Queue<Feed> feeds = new ConcurrentLinkedQueue<>();

  /**
   * A view made ready.
   *
   * @param image planes of the picture
   * @param mask the element's, zeros when there is none
   * @param hasElement whether the view has an element large enough to be looked at
   * @param place columns that need no network
   */
  private record Ready(float[] image, float[] mask, boolean hasElement, float[] place)
      implements Prepared {}

  private PackEncoder(
      String id, OnnxNetwork network, NetworkInput input, int columns, List<Layer> layers) {
    this.id = id;
    this.network = network;
    this.input = input;
    this.columns = columns;
    this.layers = layers;
  }

  /**
   * Loads a pack's encoder.
   *
   * @param threads within one call of {@link #infer}; with 1, two callers share two cores best
   * @throws InvalidInputException when the pack has no encoder of this kind
   */
  static PackEncoder open(ModelPack pack, int threads) {
    String where = pack.folder().resolve(ModelPack.MANIFEST).toString();
    PackFile file =
        pack.find(ROLE)
            .orElseThrow(() -> new InvalidInputException(where, "found no encoder; expected one"));
    int columns = columns(where, file, pack.manifest().layers());
    return new PackEncoder(
        pack.id() + "-v1",
        pack.network(ROLE, threads),
        NetworkInput.of(pack),
        columns,
        pack.manifest().layers());
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public List<Block> blocks() {
    return List.of(
        new Block("whole", columns),
        new Block("element", columns),
        new Block("place", Place.LENGTH));
  }

  @Override
  public List<Block> layers() {
    List<Block> out = new ArrayList<>();
    for (String view : List.of("whole", "element")) {
      layers.forEach(l -> out.add(new Block(view + "/" + l.name(), l.channels())));
    }
    out.add(new Block("place", Place.LENGTH));
    return List.copyOf(out);
  }

  @Override
  public Prepared prepare(View view) {
    Optional<Place> place = view.element().flatMap(Place::of);
    float[] mask =
        place.isPresent() ? input.plane(view.element().orElseThrow()) : input.emptyPlane();
    return new Ready(
        input.planes(view.picture()),
        mask,
        place.isPresent(),
        place.map(Place::toArray).orElseGet(Place::unknown));
  }

  @Override
  public float[][] infer(List<Prepared> batch, RunContext context) {
    if (batch.isEmpty()) {
      return new float[0][];
    }
    Feed feed = takeFeed(batch.size());
    try {
      Map<String, Tensor> out = network.run(feed.fill(batch, input), context);
      float[][] rows = new float[batch.size()][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = row(out, i, (Ready) batch.get(i));
      }
      return rows;
    } finally {
      feeds.add(feed);
    }
  }

  @Override
  public void close() {
    network.close();
  }

  private float[] row(Map<String, Tensor> out, int i, Ready prepared) {
    float[] row = new float[dimension()];
    out.get("whole").data().get(i * columns, row, 0, columns);
    if (prepared.hasElement()) {
      out.get("element").data().get(i * columns, row, columns, columns);
    } else {
      Arrays.fill(row, columns, 2 * columns, Float.NaN);
    }
    System.arraycopy(prepared.place(), 0, row, 2 * columns, Place.LENGTH);
    return row;
  }

  private static int columns(String where, PackFile file, List<Layer> layers) {
    List<Long> widths =
        file.outputs().stream()
            .filter(o -> o.name().equals("whole") || o.name().equals("element"))
            .map(o -> o.shape().isEmpty() ? TensorSpec.FREE : o.shape().get(o.shape().size() - 1))
            .toList();
    long sum = layers.stream().mapToLong(Layer::channels).sum();
    if (widths.size() != 2 || !widths.stream().allMatch(w -> w == sum) || sum < 1) {
      throw new InvalidInputException(
          where,
          "found outputs %s and %d columns in layers; expected whole and element of that width"
              .formatted(file.outputs().stream().map(TensorSpec::toString).toList(), sum));
    }
    return Math.toIntExact(sum);
  }

  private Feed takeFeed(int size) {
    Feed spare = feeds.poll();
    return spare != null && spare.size() >= size ? spare : new Feed(size, input);
  }

  /** Input buffers outside the Java heap, kept because making them costs more than filling them. */
  private record Feed(int size, FloatBuffer image, FloatBuffer mask) {
    Feed(int size, NetworkInput input) {
      this(
          size,
          Tensor.direct(size * 3 * input.width() * input.height()),
          Tensor.direct(size * input.width() * input.height()));
    }

    Map<String, Tensor> fill(List<Prepared> batch, NetworkInput input) {
      image.clear();
      mask.clear();
      for (Prepared prepared : batch) {
        Ready ready = (Ready) prepared;
        image.put(ready.image());
        mask.put(ready.mask());
      }
      long n = batch.size();
      long width = input.width();
      long height = input.height();
      return Map.of(
          "image", new Tensor(image.flip(), List.of(n, 3L, height, width)),
          "mask", new Tensor(mask.flip(), List.of(n, 1L, height, width)));
    }
  }
}
