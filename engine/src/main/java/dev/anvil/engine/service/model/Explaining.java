package dev.anvil.engine.service.model;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Post;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.View;
import dev.anvil.engine.outcome.ExplainOutcome.Explanation;
import dev.anvil.engine.request.ExplainRequest;
import dev.anvil.engine.service.campaign.Posts;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PictureWriter;
import dev.anvil.inside.ConceptFold;
import dev.anvil.inside.HeatMap;
import dev.anvil.inside.Saliency;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.tags.TagDirection;
import dev.anvil.tags.TaggedPosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Explains pictures by one model. */
final class Explaining {
  private final Parts parts;
  private final ModelView view;
  private final RunContext context;
  private final FittedModel model;
  private final Campaign campaign;
  private final CampaignEncoder encoder;
  private final SegmentationCache segmentations;

  Explaining(Parts parts, ModelView view, RunContext context) {
    this.parts = parts;
    this.view = view;
    this.context = context;
    this.model = view.model();
    this.campaign = view.campaign();
    this.segmentations = view.segmentations();
    this.encoder = view.posts(context);
  }

  /** Explains pictures one by one and writes their heat maps. */
  List<Explanation> explain(ExplainRequest asked, Path folder) throws IOException {
    Saliency.Settings settings = Saliency.Settings.standard(asked.masks(), asked.seed());
    List<Post> posts = asked.pictures().stream().map(this::post).toList();
    ConceptFold concepts = concepts();
    float[][] embeddings = encoder.encode(posts, context);
    List<ConceptFold.Folded> folded = concepts.fold(model.features(embeddings, posts));
    Files.createDirectories(folder);
    List<Explanation> explanations = new ArrayList<>();
    for (int i = 0; i < posts.size(); i++) {
      Picture picture = PictureReader.DEFAULT.read(posts.get(i).picture(), posts.get(i).creative());
      Saliency saliency = saliency(posts.get(i), picture, settings);
      Path file = folder.resolve(fileName(posts.get(i).picture(), i, posts.size()));
      Files.write(file, PictureWriter.png(HeatMap.of(picture, saliency)));
      explanations.add(
          new Explanation(asked.pictures().get(i), folded.get(i), saliency.elements(), file));
    }
    return explanations;
  }

  /** Numbered, since pictures in different folders may have one name. */
  private static String fileName(Path picture, int number, int count) {
    String stem = picture.getFileName().toString().replaceAll("\\.[^.]*$", "");
    return (count > 1 ? (number + 1) + "-" : "") + stem + ".png";
  }

  private Post post(String name) {
    Optional<Post> posted =
        campaign.posts().stream().filter(post -> post.id().equals(name)).findFirst();
    if (posted.isPresent()) {
      return posted.get();
    }
    Path picture = Path.of(name);
    if (!Files.isRegularFile(picture)) {
      throw new InvalidInputException(
          name,
          "is neither a post of \"%s\" nor a file; expected one of them"
              .formatted(campaign.name()));
    }
    return Posts.unposted(picture, Optional.of(Posts.now(context.clock())), Map.of());
  }

  private ConceptFold concepts() {
    List<Post> posts = campaign.posts();
    Matrix features = model.features(encoder.encode(posts, context), posts);
    PostTags tags = PostTags.of(parts, posts, context);
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

  private Saliency saliency(Post post, Picture picture, Saliency.Settings settings) {
    return Saliency.of(
        new View(picture, encoder.mainMask(post)),
        segmentations.of(post),
        view.encoder(),
        rows ->
            model.regressor().predict(model.features(rows, Collections.nCopies(rows.length, post))),
        settings,
        context.threads(),
        context);
  }
}
