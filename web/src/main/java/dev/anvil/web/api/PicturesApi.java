package dev.anvil.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.NotFoundException;
import dev.anvil.RunContext;
import dev.anvil.edit.InsertCutout;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.engine.service.campaign.PostPictures;
import dev.anvil.engine.service.model.Creative;
import dev.anvil.engine.service.model.Expectation;
import dev.anvil.image.Box;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PictureWriter;
import dev.anvil.segment.Segmentation;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pictures of posts, their elements, and pictures that runs made. */
public final class PicturesApi {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a};
  private static final List<String> FILES =
      List.of("/files", "/written", "/variants/*/file", "/explanations/*/heatMap");

  private final Workbench bench;
  private final PostPictures pictures;

  private PicturesApi(Workbench bench) {
    this.bench = bench;
    this.pictures = new PostPictures(bench.anvil().workspace().results());
  }

  /**
   * The elements of a post's picture.
   *
   * @param places for each label, and each place at which the editor {@code insert} puts a figure
   *     beside the largest element of it, where a person would stand
   */
  public record Elements(
      String post,
      int width,
      int height,
      List<Creative.Part> elements,
      Map<String, Map<String, Box>> places) {
    public Elements {
      elements = List.copyOf(elements);
    }
  }

  /** The routes. */
  public static List<Route> routes(Workbench bench) {
    PicturesApi api = new PicturesApi(bench);
    return List.of(
        Route.get(
                "/api/picture",
                "The picture of a post as a JPEG, upright.",
                Answer.of("image/jpeg"),
                api::picture)
            .needs("campaign", String.class, "its name")
            .needs("post", String.class, "its id")
            .takes("model", Long.class, "run of a fit, for the campaign as it was then")
            .takes(
                "width", Long.class, "160, 320 or 640 pixels at most; the whole size if left out")
            .takes("lossless", Boolean.class, "the whole size as a PNG, for comparing pixels"),
        Route.get(
                "/api/elements",
                "The elements of a post's picture.",
                Answer.json(Elements.class),
                api::elements)
            .needs("model", Long.class, "run of a fit, whose segmenter finds them")
            .needs("post", String.class, "its id"),
        Route.get(
                "/api/expectation",
                "What is expected of a post by refits that never saw it, and the posts nearest to"
                    + " it.",
                Answer.json(Expectation.class),
                api::expectation)
            .needs("model", Long.class, "run of a fit")
            .needs("post", String.class, "its id"),
        Route.get(
                "/api/label-map",
                "For each pixel the number of its element, as a grey PNG.",
                Answer.of("image/png"),
                api::labelMap)
            .needs("model", Long.class, "run of a fit, whose segmenter finds them")
            .needs("post", String.class, "its id"),
        Route.get(
                "/api/runs/{run}/picture",
                "A picture that a run made, as a PNG.",
                Answer.of("image/png"),
                api::made)
            .id("run", "its number")
            .takes("number", Long.class, "which one, from 0")
            .takes("download", Boolean.class, "whether the browser is to save it"));
  }

  private void picture(Context ctx) {
    int width = Query.number(ctx, "width", 0, 0, 640);
    if (width != 0 && width != 160 && width != 320 && width != 640) {
      throw new dev.anvil.InvalidInputException(
          "width", "found %d; expected 160, 320 or 640".formatted(width));
    }
    var post =
        bench
            .anvil()
            .gallery()
            .post(
                Query.text(ctx, "campaign"),
                Query.findNumber(ctx, "model"),
                Query.text(ctx, "post"));
    boolean lossless = Query.flag(ctx, "lossless", false);
    // the same id may stand for another picture after the next import, or in another workspace
    String tag = "\"%s-%s-%s\"".formatted(post.creative(), width, lossless);
    ctx.header("Cache-Control", "private, no-cache").header("ETag", tag);
    if (tag.equals(ctx.header("If-None-Match"))) {
      ctx.status(304);
    } else if (lossless) {
      ctx.contentType("image/png")
          .result(PictureWriter.png(PictureReader.DEFAULT.read(post.picture(), post.creative())));
    } else {
      ctx.contentType("image/jpeg").result(pictures.jpeg(post, width));
    }
  }

  private Creative creative(Context ctx) {
    return bench
        .anvil()
        .creative(Query.number(ctx, "model"), Query.text(ctx, "post"), RunContext.NONE);
  }

  private void elements(Context ctx) {
    Creative creative = creative(ctx);
    Json.write(
        ctx,
        new Elements(
            creative.post().id(),
            creative.width(),
            creative.height(),
            creative.elements(),
            places(creative)));
  }

  private static Map<String, Map<String, Box>> places(Creative creative) {
    Map<String, Creative.Part> largest = new LinkedHashMap<>();
    for (Creative.Part part : creative.elements()) {
      if (!part.label().equals(Segmentation.BACKGROUND)) {
        largest.merge(part.label(), part, (a, b) -> a.coverage() >= b.coverage() ? a : b);
      }
    }
    Map<String, Map<String, Box>> places = new LinkedHashMap<>();
    largest.forEach((label, part) -> places.put(label, InsertCutout.figures(part.box())));
    return places;
  }

  private void expectation(Context ctx) {
    Json.write(
        ctx,
        bench
            .anvil()
            .expectation(Query.number(ctx, "model"), Query.text(ctx, "post"), RunContext.NONE));
  }

  private void labelMap(Context ctx) {
    ctx.contentType("image/png").result(LabelMap.png(creative(ctx)));
  }

  private void made(Context ctx) {
    long run = Query.id(ctx, "run");
    List<Path> files = files(EngineJson.compact().valueToTree(bench.anvil().outcome(run)));
    int number = Query.number(ctx, "number", 0, 0, 1_000_000);
    if (number >= files.size()) {
      throw new NotFoundException(
          "picture " + number, "run %d made %d pictures".formatted(run, files.size()));
    }
    Path file = files.get(number);
    if (Query.flag(ctx, "download", false)) {
      ctx.header(
          "Content-Disposition", "attachment; filename=\"anvil-%s-%s.png\"".formatted(run, number));
    }
    ctx.contentType("image/png").result(png(file));
  }

  /** The files of pictures that an outcome names. */
  private static List<Path> files(JsonNode outcome) {
    List<Path> files = new ArrayList<>();
    for (String place : FILES) {
      int each = place.indexOf("/*");
      if (each < 0) {
        outcome.at(place).forEach(file -> files.add(Path.of(file.asText())));
      } else {
        outcome
            .at(place.substring(0, each))
            .forEach(item -> files.add(Path.of(item.at(place.substring(each + 2)).asText())));
      }
    }
    return files;
  }

  /** A file that a run wrote may have been replaced since: only a PNG is sent. */
  private static byte[] png(Path file) {
    try {
      byte[] bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
      if (bytes.length < PNG.length
          || !java.util.Arrays.equals(bytes, 0, PNG.length, PNG, 0, PNG.length)) {
        throw new NotFoundException("picture", "the file is not there any more");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("reading a picture", e);
    }
  }
}
