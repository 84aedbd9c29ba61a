package dev.anvil.encode;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.image.Framing;
import dev.anvil.image.Picture;
import dev.anvil.image.PicturePreparation;
import dev.anvil.image.Size;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackKind;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An encoder by a published network: CLIP, SigLIP, or a backbone trained on ImageNet
 * (docs/model-contracts.md sections 2, 3). Every vector has length 1, those of backbones too, so
 * that one convention holds for all.
 *
 * <p>Block {@code whole} is the embedding of the picture. Block {@code element} is the average of
 * the network's features where the element is, if the network gives features at each place (patch
 * tokens before their projection, or a map); else the embedding of the {@link ElementCrop}. Block
 * {@code place} is the element's size and place as fractions. The last two are NaN where no element
 * was found.
 */
final class PictureEncoder implements Encoder {
  private final String id;
  private final PicturePreparation preparation;
  private final PictureNetwork network;

  /**
   * A view made ready.
   *
   * @param weights of the grid's cells, where the network has a grid and the view an element
   * @param crop planes of the element's own, where the network has no grid
   */
  private record Ready(
      float[] planes, Optional<float[]> weights, Optional<float[]> crop, float[] place)
      implements Prepared {}

  private PictureEncoder(String id, PicturePreparation preparation, PictureNetwork network) {
    this.id = id;
    this.preparation = preparation;
    this.network = network;
  }

  /**
   * Loads a pack's network of pictures.
   *
   * @throws InvalidInputException when it does not give that embedding, with the reason
   */
  static PictureEncoder open(ModelPack pack, int threads, Embedding embedding) throws IOException {
    boolean clip = pack.manifest().kind() == PackKind.CLIP;
    String role = clip && pack.find("vision").isPresent() ? "vision" : "model";
    PackConfig config = PackConfig.of(pack);
    OnnxNetwork network = pack.network(role, threads);
    try {
      String where = pack.folder().resolve(pack.find(role).orElseThrow().file()).toString();
      PicturePreparation preparation =
          PicturePreparation.of(
              pack, config.preparation(clip, side(OtherHalf.picture(network, where))));
      return new PictureEncoder(
          pack.id() + "-v1" + (embedding == Embedding.SCORES ? "-scores" : ""),
          preparation,
          new PictureNetwork(network, where, preparation, embedding, config));
    } catch (IOException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public List<Block> blocks() {
    int element = network.grid().map(FeatureGrid::channels).orElse(network.width());
    return List.of(
        new Block("whole", network.width()),
        new Block("element", element),
        new Block("place", Place.LENGTH));
  }

  @Override
  public Prepared prepare(View view) {
    Optional<Place> place = view.element().flatMap(Place::of);
    Optional<float[]> weights = Optional.empty();
    Optional<float[]> crop = Optional.empty();
    if (place.isPresent() && network.grid().isPresent()) {
      Framing framing = preparation.framing(Size.of(view.picture()));
      weights = network.grid().map(g -> g.weights(view.element().orElseThrow(), framing));
    } else if (place.isPresent()) {
      crop =
          view.element()
              .flatMap(m -> m.bounds())
              .map(b -> planes(ElementCrop.of(view.picture(), b, preparation)));
    }
    return new Ready(
        planes(view.picture()), weights, crop, place.map(Place::toArray).orElseGet(Place::unknown));
  }

  @Override
  public float[][] infer(List<Prepared> batch, RunContext context) {
    List<PictureNetwork.Input> inputs = new ArrayList<>();
    batch.forEach(p -> inputs.add(new PictureNetwork.Input(ready(p).planes(), ready(p).weights())));
    batch.forEach(
        p ->
            ready(p)
                .crop()
                .ifPresent(c -> inputs.add(new PictureNetwork.Input(c, Optional.empty()))));
    List<PictureNetwork.Output> outputs = network.run(inputs, context);
    float[][] rows = new float[batch.size()][];
    int next = batch.size();
    for (int i = 0; i < rows.length; i++) {
      Optional<float[]> element =
          ready(batch.get(i)).crop().isPresent()
              ? Optional.of(outputs.get(next++).embedding())
              : outputs.get(i).element();
      rows[i] = row(outputs.get(i).embedding(), element, ready(batch.get(i)).place());
    }
    return rows;
  }

  @Override
  public void close() {
    network.close();
  }

  private float[] row(float[] whole, Optional<float[]> element, float[] place) {
    float[] row = new float[dimension()];
    Arrays.fill(row, Float.NaN);
    System.arraycopy(Unit.normalise(whole), 0, row, 0, whole.length);
    element.ifPresent(e -> System.arraycopy(Unit.normalise(e), 0, row, whole.length, e.length));
    System.arraycopy(place, 0, row, row.length - Place.LENGTH, Place.LENGTH);
    return row;
  }

  private float[] planes(Picture picture) {
    Size frame = preparation.framing(Size.of(picture)).frame();
    float[] planes = new float[3 * frame.width() * frame.height()];
    preparation.write(picture, FloatBuffer.wrap(planes));
    return planes;
  }

  private static Ready ready(Prepared prepared) {
    return (Ready) prepared;
  }

  /** Of a network that takes squares of one size. */
  private static OptionalInt side(TensorSpec input) {
    long height = input.shape().get(2);
    return height == TensorSpec.FREE ? OptionalInt.empty() : OptionalInt.of((int) height);
  }
}
