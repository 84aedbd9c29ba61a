package dev.anvil.encode;

import dev.anvil.InvalidInputException;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Tensor;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.ModelPack;
import dev.anvil.text.ClipTokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** CLIP's text network with its tokenizer (docs/model-contracts.md sections 2.4, 2.5). */
final class ClipTextEncoder implements TextEncoder {
  private static final String MASK = "attention_mask";
  private static final int BATCH = 16;

  /** A batch of one takes other ways through some operators, and gives other bits. */
  private static final int LEAST = 2;

  private final String id;
  private final ClipTokenizer tokenizer;
  private final OnnxNetwork network;
  private final TensorSpec input;
  private final Map<String, Tensor> pictures;
  private final int length;
  private final String output;
  private final int width;

  private ClipTextEncoder(
      String id, ClipTokenizer tokenizer, OnnxNetwork network, String where, PackConfig config) {
    this.id = id;
    this.tokenizer = tokenizer;
    this.network = network;
    this.input = OtherHalf.tokens(network, where);
    this.pictures = OtherHalf.pictures(network, where, config.imageSize().orElse(224));
    long fixed = input.shape().get(1);
    this.length = fixed == TensorSpec.FREE ? tokenizer.contextLength() : Math.toIntExact(fixed);
    this.output = Embedding.TEXT.choose(network.outputs(), config, where).name();
    Tensor tried = tryOut(where);
    this.width = tried.dim(1);
    Embedding.TEXT.choose(
        network.outputs().stream()
            .map(o -> o.name().equals(output) ? new TensorSpec(output, o.type(), tried.shape()) : o)
            .toList(),
        config,
        where);
  }

  /**
   * Loads a pack's text network and tokenizer.
   *
   * @throws InvalidInputException when the pack lacks one of them, with the reason
   */
  static ClipTextEncoder open(ModelPack pack, int threads) throws IOException {
    String role = pack.find("text").isPresent() ? "text" : "model";
    if (pack.find(role).isEmpty()) {
      throw new InvalidInputException(
          pack.folder().toString(),
          "found no network of texts; expected one with the role text or model");
    }
    ClipTokenizer tokenizer = ClipTokenizer.of(pack, "");
    OnnxNetwork network = pack.network(role, threads);
    try {
      String where = pack.folder().resolve(pack.find(role).orElseThrow().file()).toString();
      return new ClipTextEncoder(
          pack.id() + "-text-v1", tokenizer, network, where, PackConfig.of(pack));
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
  public int dimension() {
    return width;
  }

  @Override
  public float[][] encode(List<String> texts) {
    boolean isFree = input.shape().get(0) == TensorSpec.FREE;
    int size = isFree ? BATCH : input.shape().get(0).intValue();
    List<float[]> rows = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += size) {
      List<String> some = texts.subList(from, Math.min(texts.size(), from + size));
      Tensor given = run(some, isFree ? Math.max(LEAST, some.size()) : size);
      for (int i = 0; i < some.size(); i++) {
        float[] row = new float[width];
        given.data().get(i * width, row);
        rows.add(Unit.normalise(row));
      }
    }
    return rows.toArray(float[][]::new);
  }

  @Override
  public void close() {
    network.close();
  }

  /** Runs a batch; texts that it lacks are empty ones. */
  private Tensor run(List<String> texts, int size) {
    float[] ids = new float[size * length];
    float[] mask = new float[size * length];
    for (int i = 0; i < size; i++) {
      int[] tokens =
          tokenizer.padded(i < texts.size() ? texts.get(i) : "", length, tokenizer.padId());
      boolean isText = true; // up to the first end token
      for (int t = 0; t < length; t++) {
        ids[i * length + t] = tokens[t];
        mask[i * length + t] = isText ? 1 : 0;
        isText = isText && tokens[t] != tokenizer.endId();
      }
    }
    Map<String, Tensor> feed = new LinkedHashMap<>(pictures);
    feed.put(input.name(), Tensor.of(ids, size, length));
    if (network.input(MASK).isPresent()) {
      feed.put(MASK, Tensor.of(mask, size, length));
    }
    return network.run(feed, Set.of(output)).get(output);
  }

  private Tensor tryOut(String where) {
    try {
      return run(List.of(), (int) Math.max(1, input.shape().get(0)));
    } catch (IllegalStateException e) {
      throw new InvalidInputException(
          where,
          "found that the network does not run on a text of %d tokens (%s); expected it to"
              .formatted(length, e.getMessage()));
    }
  }
}
