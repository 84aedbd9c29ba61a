package dev.anvil.engine.service.campaign;

import static java.util.Objects.requireNonNull;

import dev.anvil.campaign.Post;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.report.data.Thumbnail;
import dev.anvil.store.ResultStore;

/**
 * Pictures of posts to look at: decoded and encoded anew, so that whatever else a file holds stays
 * in it. Small ones are kept.
 */
public final class PostPictures {
  private static final String KIND = "thumbnail";
  private static final float WHOLE = .93f;
  private static final float SMALL = .85f;

  private final ResultStore results;

  /** The pictures of a workspace. */
  public PostPictures(ResultStore results) {
    this.results = requireNonNull(results, "results is null");
  }

  /**
   * A post's picture as a JPEG, upright.
   *
   * @param width in pixels at most; 0 for the whole size
   * @throws dev.anvil.image.UnreadablePictureException when it cannot be read
   * @throws dev.anvil.image.ChangedPictureException when the file is not the post's creative any
   *     more
   */
  public byte[] jpeg(Post post, int width) {
    if (width == 0) {
      Picture whole = read(post);
      return Thumbnail.jpeg(whole, whole.width(), WHOLE);
    }
    String key = post.creative() + " " + width;
    return results
        .bytes(KIND, key)
        .orElseGet(
            () -> {
              byte[] small = Thumbnail.jpeg(read(post), width, SMALL);
              results.put(KIND, key, small);
              return small;
            });
  }

  private static Picture read(Post post) {
    return PictureReader.DEFAULT.read(post.picture(), post.creative());
  }
}
