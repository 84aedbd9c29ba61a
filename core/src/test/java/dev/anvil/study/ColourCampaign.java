package dev.anvil.study;

import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.edit.NullEdit;
import dev.anvil.image.Mask;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.SmallModel;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.Source;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.study.variant.VariantStudio;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * A simulated campaign of which the truth is known: red gains, green does nothing, both against
 * blue. The encoder sees colours, but weakly, so that ridge shrinks them.
 */
final class ColourCampaign {
  static final LocalDateTime BEGIN = LocalDateTime.of(2021, 1, 1, 12, 0);
  static final StudySpec SPEC =
      StudyFile.parse(
          """
          anvil: study/1
          seed: 4
          factors:
            colour:
              element: car
              editor: recolor
              reference: blue
              levels: {red: {colour: "#b01020"}, green: {colour: "#10a030"}, blue: {colour: "#1030a0"}}
          """,
          "study.yaml");

  private static final List<String> LEVELS = List.of("red", "green", "blue");
  private static final int SOURCES = 12;
  private static final int NOISE = 6;

  final List<Post> posts = new ArrayList<>();
  final List<String> colours = new ArrayList<>();
  final float[][] embeddings;

  /**
   * Draws it, with a post every four days.
   *
   * @param red what a red car gains, by the number of the post
   * @param noise standard deviation of the log of likes; below 0 all posts have the same
   */
  ColourCampaign(int count, IntToDoubleFunction red, long seed, double noise) {
    SplittableRandom random = Seeds.random(seed, "truth");
    embeddings = new float[count][LEVELS.size() + NOISE];
    for (int i = 0; i < count; i++) {
      int colour = random.nextInt(LEVELS.size());
      colours.add(LEVELS.get(colour));
      for (int k = 0; k < NOISE; k++) {
        embeddings[i][LEVELS.size() + k] = (float) random.nextGaussian();
      }
      paint(embeddings[i], colour);
      double likes =
          noise < 0
              ? 500
              : 500
                  * (colour == 0 ? 1 + red.applyAsDouble(i) : 1)
                  * Math.exp(noise * random.nextGaussian());
      posts.add(
          new Post(
              "p" + i,
              "c" + i,
              Path.of("p.png"),
              BEGIN.plusDays(4L * i),
              Map.of("likes", likes),
              Map.of()));
    }
  }

  FittedModel model() {
    return SmallModel.fit(posts, embeddings, 300, 20, Optional.empty());
  }

  /**
   * The first posts with their cars in every colour.
   *
   * @param reasons against every variant
   */
  StudyPictures pictures(FittedModel model, List<String> reasons) {
    Factor factor = SPEC.factors().get(0);
    List<Source> sources = new ArrayList<>();
    List<Cell> cells = new ArrayList<>();
    List<float[]> edited = new ArrayList<>();
    for (int i = 0; i < SOURCES; i++) {
      Source source =
          new Source(
              posts.get(i),
              model.description().groups().get("p" + i),
              Mask.full(1, 1),
              Optional.empty());
      sources.add(source);
      for (int level = 0; level < LEVELS.size(); level++) {
        float[] variant = embeddings[i].clone();
        paint(variant, level);
        edited.add(variant);
        cells.add(
            new Cell(
                i,
                source,
                factor,
                LEVELS.get(level),
                0,
                1,
                new NullEdit(),
                level + "-" + i,
                Optional.empty()));
      }
    }
    float[][] before = List.of(embeddings).subList(0, SOURCES).toArray(float[][]::new);
    float[][] after = edited.toArray(float[][]::new);
    return new StudyPictures(
        SPEC,
        sources,
        cells,
        cells.stream().map(c -> new VariantStudio.Check(reasons, .1, 0, 0)).toList(),
        before,
        after,
        model.features(before, sources.stream().map(Source::post).toList()),
        model.features(after, cells.stream().map(c -> c.from().post()).toList()));
  }

  private static void paint(float[] embedding, int colour) {
    for (int k = 0; k < LEVELS.size(); k++) {
      embedding[k] = k == colour ? 1 : 0;
    }
  }
}
