package dev.anvil.segment;

import static java.util.Objects.requireNonNull;

import dev.anvil.AnvilException;
import dev.anvil.InternalException;
import dev.anvil.Parallel;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.image.ChangedPictureException;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.UnreadablePictureException;
import dev.anvil.onnx.UnusableOutputException;
import dev.anvil.store.ResultStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Segments each creative once and remembers it in the workspace. Masks are decoded on demand, since
 * those of a whole campaign would not fit into memory.
 */
public final class SegmentationCache {
  private static final String KIND = "segmentation";

  /**
   * Before version 4 stuff was not told from things; before version 3 profiles of PNG files were left aside; before version 2 bytes were not
   * compared with their hash.
   */
  private static final String VERSION = "4";

  private final Segmenter segmenter;
  private final ResultStore results;
  private final Subject subject;

  private SegmentationCache(Segmenter segmenter, ResultStore results, Subject subject) {
    this.segmenter = requireNonNull(segmenter, "segmenter is null");
    this.results = requireNonNull(results, "results is null");
    this.subject = requireNonNull(subject, "subject is null");
  }

  public SegmentationCache(Segmenter segmenter, ResultStore results) {
    this(segmenter, results, Subject.NONE);
  }

  /** The same for a campaign whose main element is known, see {@link Segmentation#about}. */
  public SegmentationCache about(Subject subject) {
    return new SegmentationCache(segmenter, results, subject);
  }

  /** What it asks about pictures that it does not know. */
  public Segmenter segmenter() {
    return segmenter;
  }

  /** The segmenter's id. */
  public String id() {
    return segmenter.id();
  }

  /**
   * The elements of a post's creative.
   *
   * @throws ChangedPictureException when they are not known and the file is not the creative any
   *     more
   */
  public Segmentation of(Post post, RunContext context) {
    String key = Sha256.of(String.join("\u001f", VERSION, segmenter.id(), post.creative()));
    Optional<byte[]> known = results.bytes(KIND, key);
    if (known.isPresent()) {
      return MaskCodec.decode(known.get()).about(subject);
    }
    Segmentation segmentation =
        segmenter.segment(PictureReader.DEFAULT.read(post.picture(), post.creative()), context);
    results.put(KIND, key, MaskCodec.encode(segmentation));
    return segmentation.about(subject);
  }

  /** As above, without a way to stop. */
  public Segmentation of(Post post) {
    return of(post, RunContext.NONE);
  }

  /** The elements of a picture that is no creative; not kept. */
  public Segmentation fresh(Picture picture, RunContext context) {
    return segmenter.segment(picture, context).about(subject);
  }

  /**
   * The labels found on each post's creative; segments what is new.
   *
   * @param problems is given a problem for each picture that cannot be read, is not the one that
   *     was recorded, or for which the segmenter gives no finite numbers; it has no entry
   */
  public Map<Post, FoundLabels> labels(
      List<Post> posts, int threads, RunContext context, List<Problem> problems) {
    List<Found> found = Parallel.map("find elements", posts, threads, context, this::found);
    Map<Post, FoundLabels> labels = new LinkedHashMap<>();
    for (int i = 0; i < posts.size(); i++) {
      Found one = found.get(i);
      Post post = posts.get(i);
      one.labels().ifPresent(l -> labels.put(post, l));
      one.problem().ifPresent(problems::add);
    }
    return labels;
  }

  /** Labels, or why there are none. */
  private record Found(Optional<FoundLabels> labels, Optional<Problem> problem) {}

  private Found found(Post post, RunContext context) {
    try {
      return new Found(Optional.of(FoundLabels.of(of(post, context))), Optional.empty());
    } catch (UnreadablePictureException e) {
      return new Found(
          Optional.empty(), Optional.of(new Problem(post.picture().toString(), e.getMessage())));
    } catch (ChangedPictureException e) {
      return new Found(Optional.empty(), Optional.of(e.problem()));
    } catch (UnusableOutputException e) {
      return new Found(
          Optional.empty(),
          Optional.of(new Problem(post.picture().toString(), e.problem().toString())));
    } catch (AnvilException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new InternalException("could not segment " + post.picture(), e);
    }
  }
}
