package dev.anvil.engine.service.model;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Post;
import dev.anvil.edit.ColourCasts;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.Encoded;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.EncoderProbe;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.FitRequest.Option;
import dev.anvil.engine.service.campaign.PictureHashes;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.predict.ModelFitter;
import dev.anvil.segment.FoundLabels;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.Subject;
import dev.anvil.segment.model.SegmenterProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A campaign's pictures as a fit looks at them.
 *
 * @param campaign without the posts whose picture could not be looked at
 * @param data posts with their embeddings
 * @param labels of the elements that each post's picture shows, by the post's id
 * @param counts number of creatives by the labels of their elements
 * @param leftOut why the other posts' pictures could not be looked at
 */
record CampaignPictures(
    Campaign campaign,
    ModelFitter.Data data,
    Map<String, List<String>> labels,
    Map<String, Integer> counts,
    List<Problem> leftOut) {
  /**
   * Finds elements and encodes.
   *
   * @throws InvalidInputException with every problem, when no picture can be looked at, or when the
   *     encoder gives all of them one embedding
   */
  static CampaignPictures of(
      Parts parts,
      FitRequest request,
      Campaign campaign,
      Encoder encoder,
      Segmenter segmenter,
      RunContext context) {
    SegmentationCache segmentations = new SegmentationCache(segmenter, parts.stores().results());
    List<Problem> problems = new ArrayList<>();
    Map<Post, FoundLabels> found =
        segmentations.labels(campaign.posts(), context.threads(), context, problems);
    SegmenterProbe.requireVariation(segmenter, found.values());
    Map<String, Integer> counts = counts(found, FoundLabels::all);
    Subject subject = subject(request, found);
    EncodingPipeline pipeline = ModelView.pipeline(parts.stores(), encoder, context.threads());
    List<Post> segmented = campaign.posts().stream().filter(found::containsKey).toList();
    Encoded encoded =
        new CampaignEncoder(pipeline, segmentations, subject).encodeEach(segmented, context);
    problems.addAll(encoded.problems());
    List<Post> posts = encoded.presentOf(segmented);
    float[][] embeddings = encoded.present();
    if (posts.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    EncoderProbe.requireVariation(encoder, embeddings);
    return new CampaignPictures(
        campaign.of(posts),
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
        byId(found),
        counts,
        List.copyOf(problems));
  }

  /** What a fit takes for the subject: what it was told, or what is found on most pictures. */
  static Subject subject(FitRequest request, Map<Post, FoundLabels> found) {
    return request.element().isEmpty()
        ? Subject.mostFrequent(counts(found, FoundLabels::things))
        : new Subject(request.element());
  }

  private static Map<String, List<String>> byId(Map<Post, FoundLabels> labels) {
    Map<String, List<String>> byId = new TreeMap<>();
    labels.forEach((post, found) -> byId.put(post.id(), found.all()));
    return byId;
  }

  private static Map<String, Integer> counts(
      Map<Post, FoundLabels> labels, Function<FoundLabels, List<String>> which) {
    return labels.values().stream()
        .flatMap(l -> which.apply(l).stream())
        .collect(Collectors.toMap(l -> l, l -> 1, Integer::sum, TreeMap::new));
  }
}
