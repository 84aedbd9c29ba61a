package dev.anvil.engine.service;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Post;
import dev.anvil.edit.ColourCasts;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.FitRequest.Option;
import dev.anvil.predict.ModelFitter;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A campaign's pictures as a fit looks at them.
 *
 * @param data posts with their embeddings
 * @param labels number of creatives by the labels of their elements
 */
record CampaignPictures(ModelFitter.Data data, Map<String, Integer> labels) {
  /**
   * Finds elements and encodes.
   *
   * @throws InvalidInputException with every picture that cannot be read
   */
  static CampaignPictures of(
      Parts parts,
      FitRequest request,
      Campaign campaign,
      Encoder encoder,
      Segmenter segmenter,
      RunContext context) {
    List<Post> posts = campaign.posts();
    SegmentationCache segmentations = new SegmentationCache(segmenter, parts.stores().results());
    List<Problem> problems = new ArrayList<>();
    Map<String, Integer> labels =
        counts(segmentations.labels(posts, context.threads(), context, problems));
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    Subject subject =
        request.element().isEmpty() ? Subject.mostFrequent(labels) : new Subject(request.element());
    EncodingPipeline pipeline = ModelView.pipeline(parts.stores(), encoder, context.threads());
    float[][] embeddings =
        new CampaignEncoder(pipeline, segmentations, subject).encode(posts, context);
    return new CampaignPictures(
        new ModelFitter.Data(
            posts,
            embeddings,
            encoder.blocks(),
            PictureHashes.of(parts.stores(), posts, context),
            request.encoder().text(),
            encoder.id(),
            subject,
            request.options().contains(Option.TONES)
                ? Optional.empty()
                : Optional.of(
                    ColourCasts.of(
                        posts,
                        embeddings,
                        segmentations,
                        pipeline,
                        subject,
                        request.seed(),
                        context))),
        labels);
  }

  private static Map<String, Integer> counts(Map<Post, List<String>> labels) {
    return labels.values().stream()
        .flatMap(List::stream)
        .collect(Collectors.toMap(l -> l, l -> 1, Integer::sum, TreeMap::new));
  }
}
