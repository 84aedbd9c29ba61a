package dev.anvil.edit;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoded;
import dev.anvil.encode.EncodingItem;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.encode.View;
import dev.anvil.image.Mask;
import dev.anvil.image.OkLab;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.predict.Nuisance;
import dev.anvil.predict.split.Folds;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How a colour cast over a picture, its main element spared, moves its embedding: what a regressor
 * must not take for another setting (the paper's red tones without a red car).
 */
public final class ColourCasts {
  private static final int PICTURES = 200;
  private static final int DIRECTIONS = 5;
  private static final double STRENGTH = .15;
  private static final float LIGHTNESS = .6f;
  private static final double CHROMA = .2;

  private ColourCasts() {}

  /**
   * Casts colours of random hue over up to 200 posts drawn at random. A post whose picture cannot
   * be encoded with its cast is passed over: the others tell the same.
   *
   * @param embeddings one row per post
   * @param subject the main element, which is spared
   * @throws InvalidInputException with every problem, when more than half of them fail
   */
  public static Nuisance of(
      List<Post> posts,
      float[][] embeddings,
      SegmentationCache segmentations,
      EncodingPipeline pipeline,
      Subject subject,
      long seed,
      RunContext context) {
    SplittableRandom random = Seeds.random(seed, "colour casts");
    int[] drawn = Arrays.stream(Folds.shuffled(posts.size(), random)).limit(PICTURES).toArray();
    List<EncodingItem> items = new ArrayList<>();
    for (int i : drawn) {
      Post post = posts.get(i);
      String hex = colour(random.nextDouble(2 * Math.PI));
      String key =
          String.join(
              "\u001f", "cast", post.creative(), segmentations.id(), subject.toString(), hex);
      items.add(
          new EncodingItem(
              Sha256.of(key),
              post.picture().toString(),
              step -> cast(post, hex, segmentations.of(post, step), subject, step)));
    }
    Encoded cast = pipeline.encode(items, context);
    if (2 * cast.problems().size() > drawn.length) {
      throw new InvalidInputException(cast.problems());
    }
    List<float[]> before = Arrays.stream(drawn).mapToObj(i -> embeddings[i]).toList();
    return Nuisance.of(
        embeddings, cast.presentOf(before).toArray(float[][]::new), cast.present(), DIRECTIONS);
  }

  private static String colour(double hue) {
    OkLab colour =
        new OkLab(LIGHTNESS, (float) (CHROMA * Math.cos(hue)), (float) (CHROMA * Math.sin(hue)));
    return "#%06x".formatted(colour.toSrgb());
  }

  private static View cast(
      Post post, String hex, Segmentation elements, Subject subject, RunContext context) {
    Picture picture = PictureReader.DEFAULT.read(post.picture(), post.creative());
    Optional<Mask> main = subject.maskIn(elements);
    Mask mask = main.orElseGet(() -> Mask.full(picture.width(), picture.height()));
    Tone cast = new Tone(hex, STRENGTH, /* spare= */ main.isPresent());
    Picture tinted =
        cast.edit(new EditRequest(picture, elements, mask, /* seed= */ 0), context).picture();
    return new View(tinted, main);
  }
}
