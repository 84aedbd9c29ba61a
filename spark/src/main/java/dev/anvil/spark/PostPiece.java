package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.Problem;
import dev.anvil.campaign.Post;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.Encoded;
import dev.anvil.encode.Encoder;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.engine.request.SegmenterChoice;
import dev.anvil.engine.service.campaign.PictureHashes;
import dev.anvil.image.UnreadablePictureException;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.Subject;
import dev.anvil.study.label.LabelFinder;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Looks at posts' creatives: finds their elements, and what else is asked for.
 *
 * @param segmenter that finds elements
 * @param encoder that looks at them too; null for none
 * @param subject labels of the main element, which the encoder looks at
 * @param hashed whether perceptual hashes are taken, by which a fit finds near-duplicates
 * @param study text whose label rules ask for the paint of elements; null for none
 */
record PostPiece(
    String segmenter, String encoder, ArrayList<String> subject, boolean hashed, String study)
    implements Piece {
  private static final long serialVersionUID = 1L;

  PostPiece {
    requireNonNull(segmenter, "segmenter is null");
    requireNonNull(subject, "subject is null");
  }

  /** Elements alone, and perceptual hashes. */
  static PostPiece elements(SegmenterChoice segmenter) {
    return new PostPiece(
        segmenter.text(), /* encoder= */ null, new ArrayList<>(), /* hashed= */ true, null);
  }

  /** Elements, embeddings and perceptual hashes. */
  static PostPiece embeddings(SegmenterChoice segmenter, EncoderChoice encoder, Subject subject) {
    return new PostPiece(
        segmenter.text(),
        encoder.text(),
        new ArrayList<>(subject.labels()),
        /* hashed= */ true,
        null);
  }

  /** Elements, embeddings and the paint that a study's label rules ask for. */
  static PostPiece study(
      SegmenterChoice segmenter, EncoderChoice encoder, Subject subject, String text) {
    return new PostPiece(
        segmenter.text(),
        encoder.text(),
        new ArrayList<>(subject.labels()),
        /* hashed= */ false,
        text);
  }

  @Override
  public List<ItemProblem> work(List<Item> items, ExecutorParts parts) {
    List<Post> posts = items.stream().map(item -> Json.read(item.json(), Post.class)).toList();
    try (Lease<Segmenter> finder = parts.networks().segmenter(SegmenterChoice.parse(segmenter))) {
      SegmentationCache segmentations =
          new SegmentationCache(finder.get(), parts.stores().results()).about(new Subject(subject));
      List<Problem> problems = new ArrayList<>();
      List<Boolean> seen =
          encoder == null
              ? segmented(posts, segmentations, problems, parts)
              : encoded(posts, segmentations, problems, parts);
      List<ItemProblem> found = new ArrayList<>();
      int next = 0;
      for (int i = 0; i < posts.size(); i++) {
        Optional<Problem> problem =
            seen.get(i)
                ? further(posts.get(i), segmentations, parts)
                : Optional.of(problems.get(next++));
        String key = items.get(i).key();
        problem.ifPresent(p -> found.add(new ItemProblem(key, p.where(), p.message())));
      }
      return found;
    }
  }

  private static List<Boolean> segmented(
      List<Post> posts,
      SegmentationCache segmentations,
      List<Problem> problems,
      ExecutorParts parts) {
    var labels = segmentations.labels(posts, parts.context().threads(), parts.context(), problems);
    return posts.stream().map(labels::containsKey).toList();
  }

  private List<Boolean> encoded(
      List<Post> posts,
      SegmentationCache segmentations,
      List<Problem> problems,
      ExecutorParts parts) {
    try (Lease<Encoder> network = parts.networks().encoder(EncoderChoice.parse(encoder))) {
      Encoded encoded =
          new CampaignEncoder(parts.pipeline(network.get()), segmentations, new Subject(subject))
              .encodeEach(posts, parts.context());
      problems.addAll(encoded.problems());
      return IntStream.range(0, posts.size())
          .mapToObj(i -> encoded.rows().get(i).isPresent())
          .toList();
    }
  }

  private Optional<Problem> further(
      Post post, SegmentationCache segmentations, ExecutorParts parts) {
    try {
      if (hashed) {
        PictureHashes.of(parts.stores(), List.of(post), parts.context());
      }
      if (study != null) {
        LabelFinder labels =
            new LabelFinder(segmentations, parts.stores().results(), Optional::empty);
        for (Factor factor : StudyFile.parse(study, "study").factors()) {
          if (LabelFinder.usesPaint(factor)) {
            labels.paint(post, factor.element());
          }
        }
      }
      return Optional.empty();
    } catch (UnreadablePictureException e) {
      return Optional.of(e.problem());
    }
  }
}
