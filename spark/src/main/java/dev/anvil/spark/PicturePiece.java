package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.Problem;
import dev.anvil.campaign.Post;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.Encoded;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.EncodingItem;
import dev.anvil.encode.View;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.outcome.ElementsOutcome;
import dev.anvil.engine.request.ElementsRequest;
import dev.anvil.engine.request.EmbedRequest;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.UnreadablePictureException;
import dev.anvil.onnx.UnusableOutputException;
import dev.anvil.segment.Element;
import dev.anvil.segment.PromptedSegmenter;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Encodes pictures, or finds their elements, wherever Hadoop knows them.
 *
 * @param embed request as JSON; null where elements are asked for
 * @param elements request as JSON; null where embeddings are asked for
 */
record PicturePiece(String embed, String elements) implements Piece {
  private static final long serialVersionUID = 1L;

  /** Kind under which the elements of a picture are kept, as JSON. */
  static final String ELEMENTS = "cluster-elements";

  /**
   * A picture.
   *
   * @param creative SHA-256 of its bytes
   * @param file where it is
   */
  record Asked(String creative, String file) {
    Asked {
      requireNonNull(creative, "creative is null");
      requireNonNull(file, "file is null");
    }
  }

  @Override
  public List<ItemProblem> work(List<Item> items, ExecutorParts parts) throws IOException {
    List<ItemProblem> problems = new ArrayList<>();
    List<Item> there = new ArrayList<>();
    List<Asked> asked = new ArrayList<>();
    List<Post> posts = new ArrayList<>();
    for (Item item : items) {
      Asked one = Json.read(item.json(), Asked.class);
      try {
        Path file = HadoopFiles.local(parts.hadoop(), one.file(), parts.scratch(), one.creative());
        posts.add(new Post(one.file(), one.creative(), file, Optional.empty(), Map.of(), Map.of()));
        there.add(item);
        asked.add(one);
      } catch (IOException e) {
        problems.add(
            new ItemProblem(
                item.key(), one.file(), "found that it cannot be read (%s)".formatted(e)));
      }
    }
    if (embed != null) {
      embed(there, asked, posts, problems, parts);
    } else {
      find(there, asked, posts, problems, parts);
    }
    return problems;
  }

  private void embed(
      List<Item> items,
      List<Asked> asked,
      List<Post> posts,
      List<ItemProblem> problems,
      ExecutorParts parts) {
    EmbedRequest request = Json.read(embed, EmbedRequest.class);
    try (Lease<Encoder> encoder = parts.networks().encoder(request.encoder())) {
      Encoded encoded =
          request.element().isEmpty()
              ? parts
                  .pipeline(encoder.get())
                  .encode(posts.stream().map(PicturePiece::whole).toList(), parts.context())
              : withElement(request, posts, encoder.get(), parts);
      int next = 0;
      for (int i = 0; i < items.size(); i++) {
        if (encoded.rows().get(i).isEmpty()) {
          Problem why = encoded.problems().get(next++);
          problems.add(new ItemProblem(items.get(i).key(), asked.get(i).file(), why.message()));
        }
      }
    }
  }

  private static EncodingItem whole(Post post) {
    return new EncodingItem(
        EncodingItem.key(post.creative(), ""),
        post.picture().toString(),
        step ->
            new View(
                PictureReader.DEFAULT.read(post.picture(), post.creative()), Optional.empty()));
  }

  private static Encoded withElement(
      EmbedRequest request, List<Post> posts, Encoder encoder, ExecutorParts parts) {
    try (Lease<Segmenter> segmenter = parts.networks().segmenter(request.segmenter())) {
      return new CampaignEncoder(
              parts.pipeline(encoder),
              new SegmentationCache(segmenter.get(), parts.stores().results()),
              new Subject(request.element()))
          .encodeEach(posts, parts.context());
    }
  }

  private void find(
      List<Item> items,
      List<Asked> asked,
      List<Post> posts,
      List<ItemProblem> problems,
      ExecutorParts parts) {
    ElementsRequest request = Json.read(elements, ElementsRequest.class);
    if (request.prompts().isEmpty()) {
      try (Lease<Segmenter> segmenter = parts.networks().segmenter(request.segmenter())) {
        find(
            items,
            asked,
            posts,
            problems,
            parts,
            picture -> segmenter.get().segment(picture, parts.context()).elements());
      }
      return;
    }
    try (Lease<PromptedSegmenter> segmenter = parts.networks().prompted(request.segmenter())) {
      find(
          items,
          asked,
          posts,
          problems,
          parts,
          picture ->
              request.prompts().stream()
                  .flatMap(
                      prompt -> segmenter.get().find(picture, prompt, parts.context()).stream())
                  .toList());
    }
  }

  private static void find(
      List<Item> items,
      List<Asked> asked,
      List<Post> posts,
      List<ItemProblem> problems,
      ExecutorParts parts,
      Function<Picture, List<Element>> finding) {
    for (int i = 0; i < items.size(); i++) {
      String key = items.get(i).key();
      String file = asked.get(i).file();
      Post post = posts.get(i);
      try {
        List<ElementsOutcome.Row> rows =
            finding.apply(PictureReader.DEFAULT.read(post.picture(), post.creative())).stream()
                .map(
                    e ->
                        new ElementsOutcome.Row(
                            file, e.label(), e.confidence(), e.box(), e.mask().coverage()))
                .toList();
        parts.stores().results().put(ELEMENTS, key, Json.write(rows));
      } catch (UnreadablePictureException e) {
        problems.add(new ItemProblem(key, file, e.problem().message()));
      } catch (UnusableOutputException e) {
        problems.add(new ItemProblem(key, file, e.problem().toString()));
      }
    }
  }
}
