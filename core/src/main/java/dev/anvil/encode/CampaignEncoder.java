package dev.anvil.encode;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.image.Mask;
import dev.anvil.image.PictureReader;
import dev.anvil.segment.Element;
import dev.anvil.segment.SegmentationCache;
import java.util.List;
import java.util.Optional;

/** Encodes the creatives of posts, each looked at whole and at its main element. */
public final class CampaignEncoder {
  private final EncodingPipeline pipeline;
  private final SegmentationCache segmentations;
  private final List<String> mainElement;

  /**
   * An encoder of creatives.
   *
   * @param mainElement labels of which the largest one found is the main element
   */
  public CampaignEncoder(
      EncodingPipeline pipeline, SegmentationCache segmentations, List<String> mainElement) {
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
    this.segmentations = requireNonNull(segmentations, "segmentations is null");
    this.mainElement = List.copyOf(mainElement);
  }

  /**
   * One embedding per post, in their order.
   *
   * @throws dev.anvil.InvalidInputException with every picture that cannot be read
   */
  public float[][] encode(List<Post> posts, RunContext context) {
    String mask = segmentations.id() + mainElement;
    return pipeline
        .encode(
            posts.stream()
                .map(
                    post ->
                        new EncodingItem(
                            EncodingItem.key(post.creative(), mask),
                            post.picture().toString(),
                            step ->
                                new View(
                                    PictureReader.DEFAULT.read(post.picture()), mainMask(post))))
                .toList(),
            context)
        .orThrow();
  }

  /** The mask of a post's main element, empty when none is found. */
  public Optional<Mask> mainMask(Post post) {
    return segmentations.of(post).largest(mainElement).map(Element::mask);
  }
}
