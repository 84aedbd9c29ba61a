package dev.anvil.segment.model;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Framing;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.onnx.Tensor;
import dev.anvil.packs.ModelPack;
import dev.anvil.segment.Element;
import dev.anvil.segment.Prompt;
import dev.anvil.segment.PromptedSegmenter;
import dev.anvil.segment.post.Bilinear;
import dev.anvil.segment.post.FoundElements;
import dev.anvil.segment.post.Maps;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Segment Anything and its kin: an element by a point or a box (docs/model-contracts.md section
 * 4.6). The encoding of the picture seen last is kept, so that further prompts cost little.
 */
final class SpotSegmenter implements PromptedSegmenter, Answering {
  private final String id;
  private final SpotEncoder encoder;
  private final SpotDecoder decoder;
  private final AtomicReference<Encoded> last = new AtomicReference<>();

  private record Encoded(Picture picture, Framing framing, Map<String, Tensor> embeddings) {}

  private SpotSegmenter(String id, SpotEncoder encoder, SpotDecoder decoder) {
    this.id = requireNonNull(id, "id is null");
    this.encoder = encoder;
    this.decoder = decoder;
  }

  static SpotSegmenter open(ModelPack pack, int threads) throws IOException {
    SpotEncoder encoder = SpotEncoder.open(pack, threads);
    try {
      return new SpotSegmenter(pack.id() + "-spot-1", encoder, SpotDecoder.open(pack, threads));
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Optional<Element> find(Picture picture, Prompt prompt, RunContext context) {
    requireInside(picture, prompt);
    Encoded encoded = last.get();
    if (encoded == null || !encoded.picture().equals(picture)) {
      Framing framing = encoder.framing(picture);
      encoded = new Encoded(picture, framing, encoder.encode(picture, context));
      last.set(encoded);
    }
    SpotDecoder.Masks masks =
        decoder.decode(encoded.embeddings(), encoded.framing(), prompt, context);
    return prompt instanceof Prompt.Around around && !decoder.takesBoxes()
        ? mostLike(around.box(), masks, encoded.framing(), prompt.label(), context)
        : element(masks, masks.best(), encoded.framing(), prompt.label());
  }

  @Override
  public Map<String, Tensor> answer(Picture picture, RunContext context) {
    Framing framing = encoder.framing(picture);
    Prompt middle = new Prompt.Point(picture.width() / 2., picture.height() / 2.);
    SpotDecoder.Masks masks =
        decoder.decode(encoder.encode(picture, context), framing, middle, context);
    return Map.of("masks", Tensor.of(masks.planes().values(), masks.planes().values().length));
  }

  private static void requireInside(Picture picture, Prompt prompt) {
    if (prompt instanceof Prompt.Words words) {
      throw new InvalidInputException(
          "prompt", "found the words \"%s\"; expected a point or a box".formatted(words.text()));
    }
    boolean isInside =
        prompt instanceof Prompt.Point p
            ? p.x() >= 0 && p.y() >= 0 && p.x() < picture.width() && p.y() < picture.height()
            : prompt instanceof Prompt.Around a
                && a.box().iou(new Box(0, 0, picture.width(), picture.height())) > 0;
    if (!isInside) {
      throw new InvalidInputException(
          "prompt",
          "found %s; expected it within the picture of %d x %d"
              .formatted(prompt.label(), picture.width(), picture.height()));
    }
  }

  private static Optional<Element> mostLike(
      Box box, SpotDecoder.Masks masks, Framing framing, String label, RunContext context) {
    Optional<Element> best = Optional.empty();
    for (int k = 0; k < masks.planes().count(); k++) {
      context.checkCancelled();
      Optional<Element> element = element(masks, k, framing, label);
      if (element.isPresent()
          && (best.isEmpty() || element.get().box().iou(box) > best.get().box().iou(box))) {
        best = element;
      }
    }
    return best;
  }

  private static Optional<Element> element(
      SpotDecoder.Masks masks, int index, Framing framing, String label) {
    float[] logits = onPicture(masks.planes(), index, framing);
    float[] alpha = new float[logits.length];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = logits[i] > 0 ? 1 : 0;
    }
    Mask mask = new Mask(framing.source().width(), framing.source().height(), alpha);
    return FoundElements.thing(label, masks.scores()[index], mask);
  }

  /** To the frame's size, without its padding, to the picture's size. */
  private static float[] onPicture(Maps planes, int index, Framing framing) {
    int frameWidth = framing.frame().width();
    int width = framing.resized().width();
    int height = framing.resized().height();
    float[] frame =
        new Bilinear(planes.width(), planes.height(), frameWidth, framing.frame().height())
            .resize(planes.values(), planes.offset(index));
    float[] shown = new float[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(frame, y * frameWidth, shown, y * width, width);
    }
    return new Bilinear(width, height, framing.source().width(), framing.source().height())
        .resize(shown, 0);
  }

  @Override
  public void close() {
    encoder.close();
    decoder.close();
  }
}
