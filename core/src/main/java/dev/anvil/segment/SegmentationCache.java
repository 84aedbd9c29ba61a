package dev.anvil.segment;

import static java.util.Objects.requireNonNull;

import dev.anvil.Phase;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.UnreadablePictureException;
import dev.anvil.workspace.ResultCache;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Segments each creative once and remembers it in the workspace. Masks are decoded on demand, since
 * those of a whole campaign would not fit into memory.
 */
public final class SegmentationCache {
  private static final String KIND = "segmentation";

  private final Segmenter segmenter;
  private final ResultCache results;

  public SegmentationCache(Segmenter segmenter, ResultCache results) {
    this.segmenter = requireNonNull(segmenter, "segmenter is null");
    this.results = requireNonNull(results, "results is null");
  }

  /** The segmenter's id. */
  public String id() {
    return segmenter.id();
  }

  /** The elements of a post's creative. */
  public Segmentation of(Post post) {
    String key = Sha256.of(segmenter.id() + '\u001f' + post.creative());
    Optional<byte[]> known = results.bytes(KIND, key);
    if (known.isPresent()) {
      return MaskCodec.decode(known.get());
    }
    Segmentation segmentation = segmenter.segment(PictureReader.DEFAULT.read(post.picture()));
    results.put(KIND, key, MaskCodec.encode(segmentation));
    return segmentation;
  }

  /** The elements of a picture that is no creative; not kept. */
  public Segmentation fresh(Picture picture) {
    return segmenter.segment(picture);
  }

  /**
   * The labels found on each post's creative, the background left out; segments what is new.
   *
   * @param problems is given a problem for each picture that cannot be read; it has no entry
   */
  public Map<Post, List<String>> labels(
      List<Post> posts, int threads, RunContext context, List<Problem> problems) {
    Map<Post, List<String>> labels = new LinkedHashMap<>();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (Phase phase = context.start("find elements", posts.size())) {
      List<Future<List<String>>> work = new ArrayList<>();
      for (Post post : posts) {
        work.add(
            executor.submit(
                () -> {
                  List<String> found = labels(of(post));
                  phase.step(1);
                  return found;
                }));
      }
      for (int i = 0; i < work.size(); i++) {
        try {
          labels.put(posts.get(i), work.get(i).get());
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof UnreadablePictureException)) {
            throw new IllegalStateException(
                "could not segment " + posts.get(i).picture(), e.getCause());
          }
          problems.add(new Problem(posts.get(i).picture().toString(), e.getCause().getMessage()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while segmenting", e);
    } finally {
      executor.shutdownNow();
    }
    return labels;
  }

  private static List<String> labels(Segmentation segmentation) {
    return segmentation.elements().stream()
        .map(Element::label)
        .filter(l -> !l.equals(Segmentation.BACKGROUND))
        .distinct()
        .toList();
  }
}
