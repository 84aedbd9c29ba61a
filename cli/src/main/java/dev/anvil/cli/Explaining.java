package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.Sha256;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Post;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.View;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PictureWriter;
import dev.anvil.inside.ConceptFold;
import dev.anvil.inside.HeatMap;
import dev.anvil.inside.Saliency;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.store.Run;
import dev.anvil.tags.TagDirection;
import dev.anvil.tags.TaggedPosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Looks inside the predictions of the model in use. */
final class Explaining {
  private final Session session;
  private final FittedModel model;
  private final Campaign campaign;
  private final CampaignEncoder encoder;
  private final SegmentationCache segmentations;

  /**
   * What a prediction comes from.
   *
   * @param picture its file, or the post's id
   * @param prediction in standard deviations of the target, in concepts
   * @param elements by saliency
   * @param heatMap file
   */
  record Explanation(
      String picture,
      ConceptFold.Folded prediction,
      List<Saliency.OfElement> elements,
      Path heatMap) {}

  private Explaining(Session session, Run fit) throws IOException {
    this.session = session;
    this.model = FittedModel.load(session.workspace(), fit.id());
    session.follow(fit);
    session.follow(model);
    this.campaign = Fitting.campaign(session.workspace(), fit);
    this.segmentations = session.segmentations();
    this.encoder =
        new CampaignEncoder(session.pipeline(), segmentations, model.description().subject());
  }

  /**
   * Explains pictures one by one and writes their heat maps.
   *
   * @param names ids of the campaign's posts, or files of pictures
   */
  static List<Explanation> of(
      Session session, List<String> names, int masks, long seed, Path folder) throws IOException {
    Explaining explaining = new Explaining(session, session.model());
    Saliency.Settings settings = Saliency.Settings.standard(masks, seed);
    List<Post> posts = new ArrayList<>();
    for (String name : names) {
      posts.add(explaining.post(name));
    }
    ConceptFold concepts = explaining.concepts();
    float[][] embeddings = explaining.encoder.encode(posts, session.context());
    List<ConceptFold.Folded> folded = concepts.fold(explaining.model.features(embeddings, posts));
    Files.createDirectories(folder);
    List<Explanation> explanations = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Picture picture = PictureReader.DEFAULT.read(posts.get(i).picture());
      Saliency saliency = explaining.saliency(posts.get(i), picture, settings);
      Path file = folder.resolve(fileName(posts.get(i).picture(), i, names.size()));
      Files.write(file, PictureWriter.png(HeatMap.of(picture, saliency)));
      explanations.add(new Explanation(names.get(i), folded.get(i), saliency.elements(), file));
    }
    return explanations;
  }

  /** Numbered, since pictures in different folders may have one name. */
  private static String fileName(Path picture, int number, int count) {
    String stem = picture.getFileName().toString().replaceAll("\\.[^.]*$", "");
    return (count > 1 ? (number + 1) + "-" : "") + stem + ".png";
  }

  private Post post(String name) throws IOException {
    Optional<Post> posted =
        campaign.posts().stream().filter(post -> post.id().equals(name)).findFirst();
    if (posted.isPresent()) {
      return posted.get();
    }
    Path picture = Path.of(name);
    if (!Files.isRegularFile(picture)) {
      throw new InvalidInputException(
          name, "is neither a post of \"%s\" nor a file".formatted(campaign.name()));
    }
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MINUTES);
    return new Post(name, Sha256.of(picture), picture, now, Map.of(), Map.of());
  }

  private ConceptFold concepts() throws IOException {
    List<Post> posts = campaign.posts();
    Matrix features = model.features(encoder.encode(posts, session.context()), posts);
    PostTags tags = PostTags.of(session, posts);
    int[] rows = IntStream.range(0, posts.size()).toArray();
    TaggedPosts tagged =
        TaggedPosts.of(
            new double[rows.length],
            tags.columns(),
            posts.stream().mapToInt(p -> model.description().groups().get(p.id())).toArray(),
            rows);
    return ConceptFold.of(
        model.regressor(),
        model.resampled(),
        features,
        TagDirection.of(tagged, features, tags.contrasts(rows)));
  }

  private Saliency saliency(Post post, Picture picture, Saliency.Settings settings)
      throws IOException {
    return Saliency.of(
        new View(picture, encoder.mainMask(post)),
        segmentations.of(post),
        session.encoder(),
        rows ->
            model.regressor().predict(model.features(rows, Collections.nCopies(rows.length, post))),
        settings,
        session.threads(),
        session.context());
  }
}
