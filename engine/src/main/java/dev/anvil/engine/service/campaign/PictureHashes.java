package dev.anvil.engine.service.campaign;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.image.PerceptualHash;
import dev.anvil.image.PictureReader;
import dev.anvil.store.ResultStore;
import dev.anvil.store.Stores;
import java.util.List;
import java.util.Optional;

/** Perceptual hashes of posts' pictures, each computed once. */
public final class PictureHashes {
  private static final String HASH = "perceptual-hash-2";

  private PictureHashes() {}

  /** One per post. */
  public static long[] of(Stores stores, List<Post> posts, RunContext context) {
    ResultStore results = stores.results();
    try (Phase phase = context.start("compare", posts.size())) {
      return posts.stream()
          .mapToLong(
              post -> {
                phase.step(1);
                Optional<String> known = results.get(HASH, post.creative());
                if (known.isPresent()) {
                  return Long.parseLong(known.get());
                }
                long hash =
                    PerceptualHash.of(PictureReader.DEFAULT.read(post.picture(), post.creative()))
                        .bits();
                results.put(HASH, post.creative(), Long.toString(hash));
                return hash;
              })
          .toArray();
    }
  }
}
