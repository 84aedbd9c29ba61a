package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.service.model.FitService;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.Subject;
import java.util.ArrayList;
import java.util.List;

/**
 * Has the pictures of a campaign looked at by executors. The fit itself is the engine's, on the
 * driver: it is never split, so that it is the same at any number of tasks.
 */
final class FitJob {
  private final Parts parts;
  private final CampaignSpread spread;

  FitJob(Parts parts, CampaignSpread spread) {
    this.parts = requireNonNull(parts, "parts is null");
    this.spread = requireNonNull(spread, "spread is null");
  }

  /** Fills the stores with all that looking at posts costs. */
  void prepare(FitRequest asked, RunContext context) {
    List<Post> posts = parts.campaign(asked.campaign()).mature().posts();
    try (Lease<Encoder> encoder = parts.networks().encoder(asked.encoder());
        Lease<Segmenter> segmenter = parts.networks().segmenter(asked.segmenter())) {
      SegmentationCache segmentations =
          new SegmentationCache(segmenter.get(), parts.stores().results());
      Subject subject = new Subject(asked.element());
      List<Problem> problems = new ArrayList<>();
      if (asked.element().isEmpty()) {
        spread.posts(
            "find elements",
            posts,
            segmentations::isKnown,
            post -> List.of(),
            PostPiece.elements(asked.segmenter()),
            context);
        subject =
            FitService.subject(
                asked, segmentations.labels(posts, context.threads(), context, problems));
      }
      CampaignEncoder known =
          new CampaignEncoder(
              new EncodingPipeline(
                  encoder.get(),
                  parts.stores().embeddings(encoder.get().id(), encoder.get().dimension()),
                  EncodingPipeline.Settings.DEFAULT),
              segmentations,
              subject);
      spread.posts(
          "encode",
          posts,
          post -> segmentations.isKnown(post) && known.isKnown(post),
          new KnownElements(segmenter.get(), parts.stores().results())::of,
          PostPiece.embeddings(asked.segmenter(), asked.encoder(), subject),
          context);
    }
  }
}
