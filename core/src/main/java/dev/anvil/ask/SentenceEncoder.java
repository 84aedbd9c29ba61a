package dev.anvil.ask;

import static java.util.Objects.requireNonNull;

import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Tensor;
import dev.anvil.text.WordPieces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bundled sentence encoder, all-MiniLM-L6-v2 (quantised): sentences that mean alike point in
 * similar directions. 384 floats; it knows nothing of pictures.
 */
public final class SentenceEncoder implements AutoCloseable {
  private static final String NETWORK = "/all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

  /** Tokens that the model was trained on; what is beyond is cut. */
  private static final int LONGEST = 128;

  private final WordPieces tokenizer;
  private final OnnxNetwork network;
  private final String output;

  private SentenceEncoder(WordPieces tokenizer, OnnxNetwork network) {
    this.tokenizer = tokenizer;
    this.network = network;
    this.output = network.outputs().get(0).name();
  }

  /** Loads it from the class path. */
  public static SentenceEncoder open(int threads) throws IOException {
    Path file = Files.createTempFile("anvil-sentences", ".onnx");
    try (InputStream network = resource(NETWORK);
        InputStream tokenizer = resource(TOKENIZER)) {
      Files.write(file, network.readAllBytes());
      return new SentenceEncoder(
          WordPieces.read(tokenizer, TOKENIZER), OnnxNetwork.open(file, threads));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static InputStream resource(String name) {
    return requireNonNull(
        SentenceEncoder.class.getResourceAsStream(name), name + " is not on the class path");
  }

  /** Embeddings of length 1, one row for each text; equal texts are encoded once. */
  public float[][] encode(List<String> texts) {
    Map<String, float[]> known = new HashMap<>();
    return texts.stream()
        .map(text -> known.computeIfAbsent(text, this::encode).clone())
        .toArray(float[][]::new);
  }

  /** One by one: in a batch a quantised network rounds by what the others are. */
  private float[] encode(String text) {
    int[] tokens = tokenizer.ids(text, LONGEST);
    float[] ids = new float[tokens.length];
    float[] ones = new float[tokens.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = tokens[i];
    }
    Arrays.fill(ones, 1);
    Map<String, Tensor> feed = new LinkedHashMap<>();
    feed.put("input_ids", Tensor.of(ids, 1, ids.length));
    feed.put("attention_mask", Tensor.of(ones, 1, ids.length));
    if (network.input("token_type_ids").isPresent()) {
      feed.put("token_type_ids", Tensor.of(new float[ids.length], 1, ids.length));
    }
    Tensor states = network.run(feed, Set.of(output)).get(output);
    int width = states.dim(2);
    double[] sum = new double[width];
    for (int t = 0; t < tokens.length; t++) {
      for (int k = 0; k < width; k++) {
        sum[k] += states.data().get(t * width + k);
      }
    }
    double length = Math.sqrt(Arrays.stream(sum).map(v -> v * v).sum());
    float[] row = new float[width];
    for (int k = 0; k < width; k++) {
      row[k] = (float) (sum[k] / length);
    }
    return row;
  }

  @Override
  public void close() {
    network.close();
  }
}
