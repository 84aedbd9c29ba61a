package dev.anvil.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.edit.NullEdit;
import dev.anvil.image.Mask;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.SmallModel;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.Source;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.effect.Verdict;
import dev.anvil.study.label.KnownLabels;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.study.variant.VariantStudio;
import dev.anvil.tags.TagColumn;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InteractionsTest {
  private static final String STUDY =
      """
      anvil: study/1
      factors:
        colour: {element: car, editor: recolor, levels: {red: {colour: "#b01020"}, blue: {colour: "#1030a0"}}}
        setting: {element: background, editor: background, seeds: 3, levels: {forest: {}, coast: {}}}
        whole: {element: picture, editor: files, levels: {one: {pictures: "{post}.png"}}}
      """;

  private static final int POSTS = 600;
  private static final int SOURCES = 20;
  private static final int NOISE = 4;

  /** How much more than the sum of both a red car in the forest gets, on the log of likes. */
  private static final double BEYOND = .5;

  @Test
  void anInteractionIsAFactorOfAllCombinations() {
    Factor factor =
        StudyFile.parse(
                STUDY + "interactions:\n  wild: {colour: [red, blue], setting: [forest, coast]}\n",
                "s.yaml")
            .factors()
            .get(3);
    assertThat(factor.name()).isEqualTo("wild");
    assertThat(factor.reference()).isEqualTo(StudySpec.CROSSED);
    assertThat(factor.seeds()).isEqualTo(3);
    assertThat(factor.parts()).containsExactly("colour", "setting");
    assertThat(List.copyOf(factor.levels().keySet()))
        .isEqualTo(List.of("red + forest", "blue + forest", "red + coast", "blue + coast"));
  }

  @Test
  void aSingleChoiceIsComparedWithLeavingTheFactorAlone() {
    Factor factor =
        StudyFile.parse(STUDY + "interactions: {wild: {colour: red, setting: forest}}\n", "s.yaml")
            .factors()
            .get(3);
    assertThat(List.copyOf(factor.levels().keySet()))
        .isEqualTo(
            List.of(
                "red + forest", "as posted + forest", "red + as posted", "as posted + as posted"));
  }

  @Test
  void allMistakesOfInteractionsAreToldAtOnce() {
    assertThatThrownBy(
            () ->
                StudyFile.parse(
                    STUDY
                        + """
                        interactions:
                          one: {colour: red}
                          many: {colour: [red, blue, green], setting: forest}
                          unknown: {colour: green, weather: rain}
                          files: {whole: one, colour: red}
                          setting: {colour: red, setting: forest}
                        """,
                    "s.yaml"))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.problems().stream().map(p -> p.message()))
                    .anyMatch(m -> m.startsWith("interactions.one has 1 factors"))
                    .anyMatch(m -> m.startsWith("interactions.many.colour has 3 levels"))
                    .anyMatch(m -> m.contains("has colour: green; expected one of [red, blue]"))
                    .anyMatch(m -> m.contains("combines weather; expected some of [colour"))
                    .anyMatch(m -> m.contains("combines whole, whose editor files"))
                    .anyMatch(m -> m.contains("interactions.setting is the name of a factor")));
  }

  /** Ridge on columns of colour and setting adds up; what it misses is left in its residuals. */
  @Test
  void whatALinearModelCannotSeeIsFoundInPosts() {
    boolean[][] shows = new boolean[POSTS][];
    List<Post> posts = new ArrayList<>();
    float[][] embeddings = new float[POSTS][2 + NOISE];
    SplittableRandom random = Seeds.random(3, "interaction");
    for (int i = 0; i < POSTS; i++) {
      shows[i] = new boolean[] {random.nextBoolean(), random.nextBoolean()};
      paint(embeddings[i], shows[i][0], shows[i][1]);
      for (int k = 0; k < NOISE; k++) {
        embeddings[i][2 + k] = (float) random.nextGaussian();
      }
      double log =
          (shows[i][0] ? .3 : 0)
              + (shows[i][1] ? .2 : 0)
              + (shows[i][0] && shows[i][1] ? BEYOND : 0)
              + .4 * random.nextGaussian();
      posts.add(
          new Post(
              "p" + i,
              "c" + i,
              Path.of("p.png"),
              LocalDateTime.of(2020, 1, 1, 12, 0).plusDays(2L * i),
              Map.of("likes", 1000 * Math.exp(log)),
              Map.of()));
    }
    FittedModel model = SmallModel.fit(posts, embeddings, 1, 20, Optional.empty());
    StudySpec spec =
        StudyFile.parse(
            STUDY + "interactions:\n  wild: {colour: [red, blue], setting: [forest, coast]}\n",
            "s.yaml");
    PreparedStudy study =
        new PreparedStudy(
            pictures(spec, model, posts, embeddings),
            Map.of(),
            KnownLabels.NONE,
            EstimationSettings.of(spec));
    ScoredStudy scored = study.score(model, posts, RunContext.NONE);
    List<Effect> alone = wild(scored.effects());
    List<Effect> corrected =
        wild(
            scored
                .correct(
                    embeddings,
                    List.of(
                        column("colour", shows, 0, "red", "blue"),
                        column("setting", shows, 1, "forest", "coast")),
                    RunContext.NONE)
                .effects());

    assertThat(alone.get(0).reference()).isEqualTo("blue + coast");
    assertThat(alone.get(1).reference()).isEqualTo(StudySpec.SUM);
    assertThat(Math.abs(alone.get(1).target().point())).isLessThan(1e-6);
    assertThat(corrected.get(1).target().low()).isGreaterThan(0);
    assertThat(corrected.get(1).verdict()).isEqualTo(Verdict.HELPS);
    // red in the forest against blue at the coast, both effects and the interaction
    assertThat(corrected.get(0).relative().contains(Math.exp(.3 + .2 + BEYOND) - 1)).isTrue();
    double sum = Math.exp(.3) + Math.exp(.2) - 1;
    assertThat(corrected.get(1).relative().contains(Math.exp(.3 + .2 + BEYOND) - sum)).isTrue();
  }

  private static List<Effect> wild(List<Effect> effects) {
    return effects.stream().filter(e -> e.factor().equals("wild")).toList();
  }

  private static TagColumn column(
      String name, boolean[][] shows, int which, String yes, String no) {
    List<String> values = new ArrayList<>();
    for (boolean[] post : shows) {
      values.add(post[which] ? yes : no);
    }
    return new TagColumn(name, values);
  }

  private static void paint(float[] embedding, boolean red, boolean forest) {
    embedding[0] = red ? 1 : 0;
    embedding[1] = forest ? 1 : 0;
  }

  private static StudyPictures pictures(
      StudySpec spec, FittedModel model, List<Post> posts, float[][] embeddings) {
    List<Source> sources = new ArrayList<>();
    List<Cell> cells = new ArrayList<>();
    List<float[]> edited = new ArrayList<>();
    for (int i = 0; i < SOURCES; i++) {
      Post post = posts.get(i);
      Source source =
          new Source(
              post, model.description().groups().get(post.id()), Mask.full(1, 1), Optional.empty());
      sources.add(source);
      for (Factor factor : spec.factors()) {
        for (Map.Entry<String, Map<String, Object>> level : factor.levels().entrySet()) {
          float[] variant = embeddings[i].clone();
          if (factor.combines()) {
            paint(
                variant,
                "red".equals(level.getValue().get("colour")),
                "forest".equals(level.getValue().get("setting")));
          } else if (factor.name().equals("colour")) {
            variant[0] = level.getKey().equals("red") ? 1 : 0;
          } else if (factor.name().equals("setting")) {
            variant[1] = level.getKey().equals("forest") ? 1 : 0;
          }
          cells.add(
              new Cell(
                  i,
                  source,
                  factor,
                  level.getKey(),
                  0,
                  1,
                  new NullEdit(),
                  factor.name() + level.getKey() + i,
                  Optional.empty()));
          edited.add(variant);
        }
      }
    }
    float[][] after = edited.toArray(float[][]::new);
    float[][] before = List.of(embeddings).subList(0, SOURCES).toArray(float[][]::new);
    return new StudyPictures(
        spec,
        sources,
        cells,
        cells.stream().map(c -> new VariantStudio.Check(List.of(), .1, 0, 0)).toList(),
        before,
        after,
        model.features(before, sources.stream().map(Source::post).toList()),
        model.features(after, cells.stream().map(c -> c.from().post()).toList()));
  }
}
