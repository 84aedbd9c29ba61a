package dev.anvil.segment.model;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PicturePreparation;
import dev.anvil.image.PilResize.Filter;
import dev.anvil.image.Size;
import dev.anvil.image.SizeRule;
import dev.anvil.onnx.Tensor;
import dev.anvil.packs.ModelPack;
import dev.anvil.segment.Element;
import dev.anvil.segment.Prompt;
import dev.anvil.segment.PromptedSegmenter;
import dev.anvil.segment.post.Enlarging;
import dev.anvil.segment.post.FoundElements;
import dev.anvil.segment.post.Maps;
import dev.anvil.text.ClipTokenizer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** CLIPSeg: an element by free words (docs/model-contracts.md section 4.7). */
final class TextSegmenter implements PromptedSegmenter, Answering {
  private static final String IDS = "input_ids";
  private static final String PIXELS = "pixel_values";
  private static final String ATTENTION = "attention_mask";
  private static final String LOGITS = "logits";

  /** A pixel belongs to the element from this probability on. */
  private static final float THRESHOLD = .4f;

  private static final SizeRule USUAL = new SizeRule.Exact(new Size(352, 352));

  private final String id;
  private final PackNetwork network;
  private final PicturePreparation preparation;
  private final ClipTokenizer tokenizer;

  private TextSegmenter(
      String id, PackNetwork network, PicturePreparation preparation, ClipTokenizer tokenizer) {
    this.id = id;
    this.network = network;
    this.preparation = preparation;
    this.tokenizer = tokenizer;
  }

  static TextSegmenter open(ModelPack pack, int threads) throws IOException {
    ClipTokenizer tokenizer = ClipTokenizer.of(pack, "");
    PicturePreparation said =
        PicturePreparation.of(pack, PicturePreparation.imagenet(USUAL, Filter.BILINEAR));
    PackNetwork network = PackNetwork.open(pack, "model", threads);
    try {
      network.require(Set.of(IDS, PIXELS), Set.of(ATTENTION), Set.of(LOGITS));
      return new TextSegmenter(
          pack.id() + "-words-1-" + THRESHOLD,
          network,
          network.preparation(PIXELS, said),
          tokenizer);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Optional<Element> find(Picture picture, Prompt prompt, RunContext context) {
    if (!(prompt instanceof Prompt.Words words)) {
      throw new InvalidInputException(
          "prompt", "found a %s; expected words for %s".formatted(prompt.label(), id));
    }
    Tensor logits = logits(picture, words.text(), context);
    int rank = logits.shape().size();
    network.requireOutput(
        LOGITS,
        logits,
        rank == 2 || (rank >= 3 && logits.dim(rank - 3) == 1),
        "[1, height, width], or [height, width]");
    Maps maps = new Maps(1, logits.dim(rank - 2), logits.dim(rank - 1), logits.toArray());
    return element(maps, picture, prompt.label());
  }

  private Tensor logits(Picture picture, String words, RunContext context) {
    Map<String, Tensor> feed = new HashMap<>();
    feed.put(PIXELS, preparation.prepare(picture).tensor());
    tokens(words, feed);
    return network.run(feed, Set.of(LOGITS), context).get(LOGITS);
  }

  @Override
  public Map<String, Tensor> answer(Picture picture, RunContext context) {
    return Map.of(LOGITS, logits(picture, "a red disc", context));
  }

  /** As long as the words are, or as the network declares. */
  private void tokens(String text, Map<String, Tensor> feed) {
    int real = Math.min(tokenizer.encode(text).length, tokenizer.contextLength());
    int length = network.length(IDS, 1, real);
    int[] ids = tokenizer.padded(text, length, tokenizer.padId());
    float[] values = new float[length];
    float[] attention = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = ids[i];
      attention[i] = i < real ? 1 : 0;
    }
    feed.put(IDS, Tensor.of(values, 1, length));
    feed.put(ATTENTION, Tensor.of(attention, 1, length));
  }

  private static Optional<Element> element(Maps logits, Picture picture, String label) {
    float[] plane =
        Enlarging.direct(logits, picture.width(), picture.height()).plane(logits.values(), 0);
    float[] alpha = new float[plane.length];
    double sum = 0;
    int inside = 0;
    for (int i = 0; i < plane.length; i++) {
      float probability = Maps.sigmoid(plane[i]);
      if (probability > THRESHOLD) {
        alpha[i] = 1;
        sum += probability;
        inside++;
      }
    }
    Mask mask = new Mask(picture.width(), picture.height(), alpha);
    return FoundElements.thing(label, inside == 0 ? 0 : sum / inside, mask);
  }

  @Override
  public void close() {
    network.close();
  }
}
