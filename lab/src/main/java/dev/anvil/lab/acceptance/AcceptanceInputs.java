package dev.anvil.lab.acceptance;

import dev.anvil.image.PicturePreparation;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PilResize;
import dev.anvil.image.Size;
import dev.anvil.image.SizeRule;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Tensor;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.ModelPack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Feeds a pack's networks with a test's picture and texts. */
final class AcceptanceInputs implements AutoCloseable {
  private static final int CONTEXT = 77;
  private static final long START = 49406;
  private static final long END = 49407;
  private static final float LOGIT_SCALE = 100;

  private final AcceptanceTest test;
  private final List<OnnxNetwork> networks = new ArrayList<>();

  AcceptanceInputs(ModelPack pack, AcceptanceTest test) {
    this.test = test;
    for (String role : List.of("model", "vision", "text")) {
      boolean wanted = !role.equals("text") || test.texts().isPresent();
      if (pack.find(role).isPresent() && wanted) {
        networks.add(pack.network(role, 1));
      }
    }
  }

  /** Why this pack cannot be compared, although the values are of its model. */
  Optional<String> obstacle() {
    for (OnnxNetwork network : networks) {
      for (TensorSpec input : network.inputs()) {
        if (input.shape().size() == 4 && test.picture().isPresent()) {
          List<Integer> size = test.picture().get();
          long width = input.shape().get(3);
          long height = input.shape().get(2);
          if ((width > 0 && width != size.get(0))
              || (height > 0 && height != size.get(size.size() - 1))) {
            return Optional.of(
                "the network takes %d x %d and the published values are of %s"
                    .formatted(width, height, size));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** All outputs by name, and {@code embedding}, {@code logits} and {@code probabilities}. */
  Map<String, Tensor> run(Optional<Path> sample) {
    Map<String, Tensor> out = new LinkedHashMap<>();
    for (OnnxNetwork network : networks) {
      Map<String, Tensor> feed = new LinkedHashMap<>();
      for (TensorSpec input : network.inputs()) {
        feed.put(input.name(), feed(input, sample));
      }
      Map<String, Tensor> outputs = network.run(feed);
      outputs.values().stream()
          .filter(t -> t.shape().size() == 2)
          .findFirst()
          .ifPresent(t -> out.put("embedding", t));
      out.putAll(outputs);
    }
    if (out.containsKey("image_embeds") && out.containsKey("text_embeds")) {
      float[] logits = logits(out.get("image_embeds"), out.get("text_embeds"));
      out.put("logits per text", Tensor.of(logits, logits.length));
      out.put("probabilities", Tensor.of(softmax(logits), logits.length));
    }
    return out;
  }

  private Tensor feed(TensorSpec input, Optional<Path> sample) {
    if (test.feeds().isPresent() && test.feeds().get().containsKey(input.name())) {
      return row(test.feeds().get().get(input.name()));
    }
    if (input.shape().size() == 4) {
      return picture(sample.orElseThrow(), test.picture().orElseThrow());
    }
    return switch (input.name()) {
      case "input_ids" -> texts(false);
      case "attention_mask" -> texts(true);
      case "pixel_mask" -> {
        List<Integer> size = test.picture().orElseThrow();
        int width = fixed(input, 2, size.get(0));
        int height = fixed(input, 1, size.get(size.size() - 1));
        float[] ones = new float[width * height];
        Arrays.fill(ones, 1);
        yield Tensor.of(ones, 1, height, width);
      }
      default ->
          throw new IllegalStateException(
              "%s: nothing is known to feed %s".formatted(test.name(), input.name()));
    };
  }

  private static int fixed(TensorSpec input, int axis, int otherwise) {
    long length = input.shape().get(axis);
    return length == TensorSpec.FREE ? otherwise : Math.toIntExact(length);
  }

  private static Tensor row(List<Long> values) {
    Tensor out = Tensor.allocate(1, values.size());
    values.forEach(v -> out.data().put(v.floatValue()));
    out.data().rewind();
    return out;
  }

  private static Tensor picture(Path file, List<Integer> size) {
    PicturePreparation preparation =
        size.size() == 1
            ? PicturePreparation.CLIP
            : PicturePreparation.imagenet(
                new SizeRule.Exact(new Size(size.get(0), size.get(1))), PilResize.Filter.BILINEAR);
    return preparation.prepare(PictureReader.DEFAULT.read(file)).tensor();
  }

  /** Token ids padded with the end token, or which of them count. */
  private Tensor texts(boolean mask) {
    List<List<Long>> texts = test.texts().orElseThrow();
    Tensor out = Tensor.allocate(texts.size(), CONTEXT);
    for (List<Long> text : texts) {
      for (int i = 0; i < CONTEXT; i++) {
        long id = i == 0 ? START : i <= text.size() ? text.get(i - 1) : END;
        out.data().put((float) (mask ? (i <= text.size() + 1 ? 1 : 0) : id));
      }
    }
    out.data().rewind();
    return out;
  }

  private static float[] logits(Tensor image, Tensor texts) {
    int width = image.dim(1);
    float[] a = image.toArray();
    float[] b = texts.toArray();
    float[] out = new float[texts.dim(0)];
    for (int t = 0; t < out.length; t++) {
      double dot = 0;
      double aa = 0;
      double bb = 0;
      for (int i = 0; i < width; i++) {
        float y = b[t * width + i];
        dot += a[i] * (double) y;
        aa += a[i] * (double) a[i];
        bb += y * (double) y;
      }
      out[t] = (float) (LOGIT_SCALE * dot / Math.sqrt(aa * bb));
    }
    return out;
  }

  private static float[] softmax(float[] logits) {
    float[] out = new float[logits.length];
    float max = Float.NEGATIVE_INFINITY;
    for (float v : logits) {
      max = Math.max(max, v);
    }
    double sum = 0;
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.exp(logits[i] - max);
      sum += out[i];
    }
    for (int i = 0; i < out.length; i++) {
      out[i] /= (float) sum;
    }
    return out;
  }

  @Override
  public void close() {
    networks.forEach(OnnxNetwork::close);
  }
}
