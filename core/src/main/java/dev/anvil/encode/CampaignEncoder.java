package dev.anvil.encode;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.image.Mask;
import dev.anvil.image.PictureReader;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Subject;
import java.util.List;
import java.util.Optional;

/** Encodes the creatives of posts, each looked at whole and at its main element. */
public final class CampaignEncoder {
  private final EncodingPipeline pipeline;
  private final SegmentationCache segmentations;
  private final Subject subject;

  /**
   * An encoder of creatives.
   *
   * @param subject the main element
   */
  public CampaignEncoder(
      EncodingPipeline pipeline, SegmentationCache segmentations, Subject subject) {
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
    this.segmentations = requireNonNull(segmentations, "segmentations is null");
    this.subject = requireNonNull(subject, "subject is null");
  }

  /**
   * One embedding per post, in their order.
   *
   * @throws dev.anvil.InvalidInputException with every picture that cannot be encoded
   */
  public float[][] encode(List<Post> posts, RunContext context) {
    return encodeEach(posts, context).orThrow();
  }

  /** One embedding per post that can be encoded, in their order, and why others cannot. */
  public Encoded encodeEach(List<Post> posts, RunContext context) {
    return pipeline.encode(
        posts.stream()
            .map(
                post ->
                    new EncodingItem(
                        key(post),
                        post.picture().toString(),
                        step ->
                            new View(
                                PictureReader.DEFAULT.read(post.picture(), post.creative()),
                                mainMask(post, step))))
            .toList(),
        context);
  }

  /** Whether a post's embedding is kept, so that its picture would not be opened. */
  public boolean isKnown(Post post) {
    return pipeline.isKnown(key(post));
  }

  private String key(Post post) {
    return EncodingItem.key(post.creative(), segmentations.id() + subject);
  }

  /** The mask of a post's main element, empty when none is found. */
  public Optional<Mask> mainMask(Post post) {
    return mainMask(post, RunContext.NONE);
  }

  private Optional<Mask> mainMask(Post post, RunContext context) {
    return subject.maskIn(segmentations.of(post, context));
  }
}
