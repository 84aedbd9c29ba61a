package dev.anvil.segment.model;

import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Framing;
import dev.anvil.onnx.Tensor;
import dev.anvil.packs.ModelPack;
import dev.anvil.segment.Prompt;
import dev.anvil.segment.post.Maps;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The decoder of a Segment Anything pack in either contract (docs/model-contracts.md section 4.6):
 * that of transformers, with {@code input_points}, or the classic one, with {@code point_coords}.
 *
 * <p>The first takes points only; a box is put to it as its middle.
 */
final class SpotDecoder implements AutoCloseable {
  private static final String ROLE = "decoder";
  private static final String POINTS = "input_points";
  private static final String LABELS = "input_labels";
  private static final String CLASSIC_POINTS = "point_coords";
  private static final String CLASSIC_LABELS = "point_labels";
  private static final String CLASSIC_MASK = "mask_input";
  private static final String CLASSIC_HAS_MASK = "has_mask_input";
  private static final String CLASSIC_SIZE = "orig_im_size";
  private static final int CLASSIC_MASK_SIDE = 256;

  private final PackNetwork network;
  private final boolean isClassic;
  private final String masks;
  private final String scores;

  private SpotDecoder(PackNetwork network, boolean isClassic) {
    this.network = network;
    this.isClassic = isClassic;
    this.masks = isClassic ? "masks" : "pred_masks";
    this.scores = isClassic ? "iou_predictions" : "iou_scores";
  }

  /**
   * What a decoder answers: some masks of the same spot.
   *
   * @param planes logits over the encoder's frame
   * @param scores how good the network thinks each is
   */
  record Masks(Maps planes, float[] scores) {
    /** The mask with the highest score. */
    int best() {
      int best = 0;
      for (int k = 1; k < scores.length; k++) {
        best = scores[k] > scores[best] ? k : best;
      }
      return best;
    }
  }

  static SpotDecoder open(ModelPack pack, int threads) {
    PackNetwork network = PackNetwork.open(pack, ROLE, threads);
    try {
      SpotDecoder decoder = new SpotDecoder(network, network.input(CLASSIC_POINTS).isPresent());
      network.require(
          decoder.isClassic
              ? Set.of(
                  SpotEncoder.EMBEDDINGS,
                  CLASSIC_POINTS,
                  CLASSIC_LABELS,
                  CLASSIC_MASK,
                  CLASSIC_HAS_MASK,
                  CLASSIC_SIZE)
              : Set.of(SpotEncoder.EMBEDDINGS, SpotEncoder.POSITIONS, POINTS, LABELS),
          Set.of(),
          Set.of(decoder.masks, decoder.scores));
      return decoder;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** Whether a box is understood as such. */
  boolean takesBoxes() {
    return isClassic;
  }

  Masks decode(Map<String, Tensor> embeddings, Framing framing, Prompt prompt, RunContext context) {
    Map<String, Tensor> feed = new HashMap<>(embeddings);
    feed.putAll(isClassic ? classic(framing, prompt) : points(framing, prompt));
    Map<String, Tensor> out = network.run(feed, Set.of(masks, scores), context);
    Tensor planes = out.get(masks);
    Tensor values = out.get(scores);
    int rank = planes.shape().size();
    network.requireOutput(
        masks,
        planes,
        rank >= 3 && planes.dim(rank - 3) == values.data().limit(),
        "[..., %d, height, width]".formatted(values.data().limit()));
    return new Masks(Maps.of(planes), values.toArray());
  }

  private static Map<String, Tensor> points(Framing framing, Prompt prompt) {
    Box box = box(framing, prompt);
    float x = (float) ((box.left() + box.right()) / 2);
    float y = (float) ((box.top() + box.bottom()) / 2);
    return Map.of(
        POINTS, Tensor.of(new float[] {x, y}, 1, 1, 1, 2),
        LABELS, Tensor.of(new float[] {1}, 1, 1, 1));
  }

  private Map<String, Tensor> classic(Framing framing, Prompt prompt) {
    Box box = box(framing, prompt);
    float left = (float) box.left();
    float top = (float) box.top();
    boolean isBox = prompt instanceof Prompt.Around;
    // Without a box a padding point with the label -1 is expected.
    float[] points =
        isBox
            ? new float[] {left, top, (float) box.right(), (float) box.bottom()}
            : new float[] {left, top, 0, 0};
    float[] labels = isBox ? new float[] {2, 3} : new float[] {1, -1};
    int height = network.length(CLASSIC_MASK, 2, CLASSIC_MASK_SIDE);
    int width = network.length(CLASSIC_MASK, 3, CLASSIC_MASK_SIDE);
    float[] size = {framing.frame().height(), framing.frame().width()};
    return Map.of(
        CLASSIC_POINTS, Tensor.of(points, 1, 2, 2),
        CLASSIC_LABELS, Tensor.of(labels, 1, 2),
        CLASSIC_MASK, Tensor.allocate(1, 1, height, width),
        CLASSIC_HAS_MASK, Tensor.of(new float[] {0}, 1),
        CLASSIC_SIZE, Tensor.of(size, 2));
  }

  /** A prompt in the frame's pixels; a point is an empty box. */
  private static Box box(Framing framing, Prompt prompt) {
    return framing.toFrame(
        prompt instanceof Prompt.Point p
            ? new Box(p.x(), p.y(), p.x(), p.y())
            : ((Prompt.Around) prompt).box());
  }

  @Override
  public void close() {
    network.close();
  }
}
