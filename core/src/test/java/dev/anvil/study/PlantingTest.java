package dev.anvil.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.edit.Recolor;
import dev.anvil.image.Mask;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.LearnedPosts;
import dev.anvil.predict.Planter;
import dev.anvil.predict.SmallModel;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.Source;
import dev.anvil.study.effect.Differences;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EffectEstimator;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.effect.Verdict;
import dev.anvil.study.label.KnownLabels;
import dev.anvil.study.plant.Calibration;
import dev.anvil.study.plant.PlantResult;
import dev.anvil.study.plant.PlantResult.Identification;
import dev.anvil.study.plant.PlantResult.Recovered;
import dev.anvil.study.plant.Planting;
import dev.anvil.study.plant.Planting.Characteristic;
import dev.anvil.study.plant.Planting.PlantedModel;
import dev.anvil.study.plant.Recovery;
import dev.anvil.study.spec.LabelRule;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.study.variant.VariantStudio;
import dev.anvil.tags.TagColumn;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** On features that say outright whether a car is red or green; blue is neither. */
class PlantingTest {
  private static final int POSTS = 150;
  private static final int NOISE = 14;
  private static final int SOURCES = 12;
  private static final List<String> LEVELS = List.of("red", "green", "blue");
  private static final LocalDateTime START = LocalDateTime.of(2022, 3, 1, 12, 0);

  /** The first posts are a ramp-up that is left out of fitting. */
  private static final int RAMP_UP = 20;

  private final float[][] embeddings = new float[POSTS][2 + NOISE];
  private final List<Post> posts = posts();

  /** Red cars have 30 % more likes; every fourth day a post. */
  private List<Post> posts() {
    List<Post> made = new ArrayList<>();
    SplittableRandom random = Seeds.random(3, "planting");
    for (int i = 0; i < POSTS; i++) {
      int colour = random.nextInt(3);
      for (int k = 0; k < NOISE; k++) {
        embeddings[i][2 + k] = (float) gaussian(random);
      }
      paint(embeddings[i], colour);
      double likes =
          (i < RAMP_UP ? 300 : 1000) * (colour == 0 ? 1.3 : 1) * Math.exp(.2 * gaussian(random));
      made.add(
          new Post(
              "p" + i,
              "creative " + i,
              Path.of("p" + i + ".png"),
              START.plusDays(4L * i),
              i % 25 == 24 ? Map.of() : Map.of("likes", likes),
              Map.of("paint", LEVELS.get(colour))));
    }
    return made;
  }

  private static double gaussian(SplittableRandom random) {
    return random.doubles(12).sum() - 6;
  }

  private static void paint(float[] embedding, int colour) {
    embedding[0] = colour == 0 ? 1 : 0;
    embedding[1] = colour == 1 ? 1 : 0;
  }

  private FittedModel model(double penalty) {
    return SmallModel.fit(posts, embeddings, penalty, 20, posts.get(RAMP_UP).time());
  }

  private static Factor factor(String reference) {
    Map<String, Map<String, Object>> levels = new LinkedHashMap<>();
    Map<String, LabelRule> marks = new LinkedHashMap<>();
    for (String level : LEVELS) {
      levels.put(level, Map.of());
      marks.put(level, LabelRule.where("paint", level));
    }
    return new Factor(
        "colour",
        "Colour",
        "{level} cars",
        List.of("car"),
        Optional.empty(),
        "recolor",
        reference,
        1,
        levels,
        marks);
  }

  /** The last posts with each of the colours, and untouched copies as a placebo. */
  private StudyPictures pictures(FittedModel model, Factor factor) {
    Factor placebo =
        new Factor(
            "copy",
            "Copy",
            "copies",
            List.of("car"),
            Optional.empty(),
            "tone",
            StudySpec.CONTROL,
            1,
            Map.of("copy", Map.of()),
            Map.of());
    StudySpec spec =
        new StudySpec(
            "Colour",
            "likes",
            5,
            .05,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new StudySpec.Sources(
                List.of("car"),
                SOURCES,
                0,
                1,
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty()),
            List.of(factor),
            List.of(placebo));
    List<Source> sources = new ArrayList<>();
    List<Cell> cells = new ArrayList<>();
    List<float[]> untouched = new ArrayList<>();
    List<float[]> edited = new ArrayList<>();
    for (int i = 0; i < SOURCES; i++) {
      Post post = posts.get(POSTS - 1 - i);
      Source source =
          new Source(
              post, model.description().groups().get(post.id()), Mask.full(1, 1), Optional.empty());
      sources.add(source);
      untouched.add(embeddings[POSTS - 1 - i]);
      for (int level = 0; level < LEVELS.size(); level++) {
        float[] variant = embeddings[POSTS - 1 - i].clone();
        paint(variant, level);
        cells.add(cell(i, source, factor, LEVELS.get(level)));
        edited.add(variant);
      }
      cells.add(cell(i, source, placebo, "copy"));
      edited.add(embeddings[POSTS - 1 - i]);
    }
    float[][] before = untouched.toArray(float[][]::new);
    float[][] after = edited.toArray(float[][]::new);
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

  private static Cell cell(int index, Source source, Factor factor, String level) {
    return new Cell(
        index,
        source,
        factor,
        level,
        0,
        1,
        new Recolor("#c01818"),
        level + index,
        Optional.empty());
  }

  private Characteristic red(Factor factor, Planter planter, StudyPictures pictures) {
    boolean[] plantable = planter.plantable();
    boolean[] onPosts = new boolean[POSTS];
    for (int i = 0; i < POSTS; i++) {
      onPosts[i] = plantable[i] && isRed(posts.get(i));
    }
    boolean[] onSources = new boolean[SOURCES];
    for (int i = 0; i < SOURCES; i++) {
      onSources[i] = isRed(pictures.sources().get(i).post());
    }
    return new Characteristic(factor, "red", LabelRule.where("paint", "red"), onPosts, onSources);
  }

  private static boolean isRed(Post post) {
    return "red".equals(post.metadata().get("paint"));
  }

  /** A model with the study's pictures, ready to be planted in. */
  private final class World {
    final FittedModel model;
    final Planter planter;
    final StudyPictures pictures;
    final Planting planting;
    final Characteristic red;

    World(double penalty, String reference) {
      model = model(penalty);
      Factor factor = factor(reference);
      planter = Planter.of(model, LearnedPosts.of(model, posts, embeddings), 1, RunContext.NONE);
      pictures = pictures(model, factor);
      planting = new Planting(model, planter, pictures);
      red = red(factor, planter, pictures);
    }

    Differences effect() {
      return contrast(model.refits())
          .with(Differences.Resampled.of(model.resampled().stream().map(this::contrast).toList()));
    }

    private Differences contrast(RefitEnsemble refits) {
      return pictures.contrasts(pictures.score(refits, model.transform())).get(0);
    }

    Recovery recovery(double... times) {
      List<PlantedModel> sizes =
          Arrays.stream(times).mapToObj(k -> planting.plant(red, k, RunContext.NONE)).toList();
      return planting.recovery(planting.samples(red, sizes));
    }
  }

  @Test
  void aModelThatSeesTheCharacteristicShowsAllOfWhatIsPlanted() {
    for (String reference : List.of("blue", StudySpec.AVERAGE, StudySpec.CONTROL)) {
      World world = new World(1e-4, reference);
      assertThat(world.recovery(-.3, .3).slope().point()).as(reference).isCloseTo(1, within(.07));
    }
  }

  /** Of a target that is zero but for the rows chosen, by ridge's normal equations. */
  @Test
  void aPenalisedModelShowsWhatTheAlgebraOfRidgeSays() {
    double penalty = 80;
    World world = new World(penalty, "blue");
    PlantedModel planted = world.planting.plant(world.red, .3, RunContext.NONE);
    Recovery.Sample sample = world.planting.samples(world.red, List.of(planted)).get(0);

    double[][] cells = new double[SOURCES][];
    for (int i = 0; i < SOURCES; i++) {
      cells[i] = sample.recovered().target()[i][0];
    }
    Matrix features = world.model.features(embeddings, posts);
    for (int refit = 0; refit < world.model.refits().size(); refit++) {
      double expected = ridgeOnRed(features, penalty, world, planted, refit);
      for (double[] byRefit : cells) {
        if (!Double.isNaN(byRefit[refit])) {
          assertThat(byRefit[refit]).isCloseTo(expected, within(1e-5));
        }
      }
    }
    assertThat(world.recovery(.3).slope().point()).isBetween(.2, .8);
  }

  /** The weight of red, unstandardised, that ridge gives the change of the target. */
  private double ridgeOnRed(
      Matrix features, double penalty, World world, PlantedModel planted, int refit) {
    int[] fit = world.planter.fitRows();
    int columns = features.columns();
    double[] sd = new double[columns];
    for (int k = 0; k < columns; k++) {
      int column = k;
      double mean =
          Arrays.stream(fit).mapToDouble(i -> features.get(i, column)).average().orElse(0);
      sd[k] =
          Math.sqrt(
              Arrays.stream(fit)
                  .mapToDouble(i -> Math.pow(features.get(i, column) - mean, 2))
                  .average()
                  .orElse(0));
    }
    int[] rows =
        Arrays.stream(fit)
            .filter(i -> world.model.refits().saw(refit, world.planter.groups()[i]))
            .toArray();
    double[] change =
        Arrays.stream(rows)
            .mapToDouble(
                i -> {
                  Optional<LocalDateTime> time = posts.get(i).time();
                  double before = posts.get(i).metric("likes").orElseThrow();
                  double after =
                      world.red.onPosts()[i] ? before + .3 * world.planter.mean() : before;
                  return planted.planted().transform().apply(time, after).orElseThrow()
                      - world.model.transform().apply(time, before).orElseThrow();
                })
            .toArray();
    double[][] x = new double[rows.length][columns];
    for (int k = 0; k < columns; k++) {
      int column = k;
      double mean =
          Arrays.stream(rows).mapToDouble(i -> features.get(i, column)).average().orElse(0);
      for (int i = 0; i < rows.length; i++) {
        x[i][k] = sd[k] > 1e-9 ? (features.get(rows[i], k) - mean) / sd[k] : 0;
      }
    }
    double average = Arrays.stream(change).average().orElseThrow();
    double[][] system = new double[columns][columns + 1];
    for (int a = 0; a < columns; a++) {
      for (int b = 0; b < columns; b++) {
        for (double[] row : x) {
          system[a][b] += row[a] * row[b];
        }
      }
      system[a][a] += penalty;
      for (int i = 0; i < rows.length; i++) {
        system[a][columns] += x[i][a] * (change[i] - average);
      }
    }
    return solve(system)[0] / sd[0];
  }

  /** Gauss-Jordan elimination of a positive definite system. */
  private static double[] solve(double[][] system) {
    int n = system.length;
    for (int p = 0; p < n; p++) {
      for (int r = 0; r < n; r++) {
        double factor = r == p ? 0 : system[r][p] / system[p][p];
        for (int c = p; c <= n && factor != 0; c++) {
          system[r][c] -= factor * system[p][c];
        }
      }
    }
    double[] solution = new double[n];
    for (int p = 0; p < n; p++) {
      solution[p] = system[p][n] / system[p][p];
    }
    return solution;
  }

  @Test
  void calibrationUndoesWhatAPenaltyTakesAway() {
    World sees = new World(1e-4, "blue");
    World shrinks = new World(80, "blue");
    Calibration plain = sees.planting.calibrate(sees.effect(), sees.red, RunContext.NONE);
    Calibration calibrated =
        shrinks.planting.calibrate(shrinks.effect(), shrinks.red, RunContext.NONE);

    assertThat(calibrated.reason()).isEmpty();
    double slope = calibrated.recovery().orElseThrow().slope().point();
    double raw =
        new EffectEstimator(EstimationSettings.DEFAULT)
            .estimate(List.of(shrinks.effect()))
            .get(0)
            .target()
            .point();
    assertThat(calibrated.target().orElseThrow().point()).isCloseTo(raw / slope, within(1e-9));
    assertThat(calibrated.target().orElseThrow().point())
        .isCloseTo(plain.target().orElseThrow().point(), within(.15));
    assertThat(calibrated.relative()).hasValueSatisfying(r -> assertThat(r.low()).isLessThan(.3));
    assertThat(calibrated.relative())
        .hasValueSatisfying(r -> assertThat(r.high()).isGreaterThan(.3));
    assertThat(calibrated.relative().orElseThrow().point())
        .isCloseTo(plain.relative().orElseThrow().point(), within(.1));
  }

  @Test
  void correctionPutsBackWhatAPenaltyTookAway() {
    Effect plain = corrected(new World(1e-4, "blue"));
    for (String reference : List.of("blue", StudySpec.AVERAGE, StudySpec.CONTROL)) {
      World shrinks = new World(2000, reference);
      double raw = estimated(shrinks.effect()).target().point();
      Effect corrected = corrected(shrinks);
      assertThat(raw).as(reference).isBetween(0.0, .3);
      assertThat(corrected.target().point()).as(reference).isGreaterThan(2 * raw);
      if (reference.equals("blue")) {
        assertThat(corrected.target().point()).isCloseTo(plain.target().point(), within(.1));
        assertThat(corrected.relative().contains(.3)).isTrue();
      }
    }
  }

  @Test
  void aLevelThatNoPostShowsIsNotCorrected() {
    World world = new World(80, "blue");
    List<String> none = posts.stream().map(p -> isRed(p) ? "green" : "blue").toList();
    BiasCorrected corrected = correct(world, none);
    assertThat(corrected.factors()).isEmpty();
    assertThat(corrected.effects().get(0).target().point())
        .isEqualTo(estimated(world.effect()).target().point());
  }

  private Effect corrected(World world) {
    BiasCorrected corrected =
        correct(world, posts.stream().map(p -> p.metadata().get("paint")).toList());
    assertThat(corrected.factors()).containsExactly("colour");
    return corrected.effects().get(0);
  }

  private BiasCorrected correct(World world, List<String> paint) {
    return new PreparedStudy(
            world.pictures,
            Map.of(),
            KnownLabels.NONE,
            EstimationSettings.of(world.pictures.spec()))
        .score(world.model, posts, RunContext.NONE)
        .correct(embeddings, List.of(new TagColumn("colour", paint)), RunContext.NONE);
  }

  private static Effect estimated(Differences differences) {
    return new EffectEstimator(EstimationSettings.DEFAULT).estimate(List.of(differences)).get(0);
  }

  @Test
  void aSlopeThatMayBeAFifthIsNotDividedBy() {
    World blind = new World(5000, "blue");
    Calibration calibration = blind.planting.calibrate(blind.effect(), blind.red, RunContext.NONE);

    assertThat(calibration.reason()).isEqualTo("too weak to calibrate");
    assertThat(calibration.target()).isEmpty();
    assertThat(calibration.relative()).isEmpty();
    assertThat(calibration.recovery().orElseThrow().slope().low())
        .isLessThanOrEqualTo(Calibration.WEAKEST_SLOPE);
  }

  @Test
  void aLevelThatHardlyAPostHasIsNotCalibrated() {
    World world = new World(1, "blue");
    boolean[] three = new boolean[POSTS];
    Arrays.fill(three, POSTS - 4, POSTS - 1, true);
    Characteristic rare =
        new Characteristic(
            world.red.factor(), "red", world.red.rule(), three, world.red.onSources());

    Calibration calibration = world.planting.calibrate(world.effect(), rare, RunContext.NONE);

    assertThat(calibration.reason()).startsWith("3 posts have it and ").endsWith("are needed");
    assertThatThrownBy(() -> world.planting.plant(none(world), 1, RunContext.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found 0 of ");
  }

  private static Characteristic none(World world) {
    return new Characteristic(
        world.red.factor(), "red", world.red.rule(), new boolean[POSTS], world.red.onSources());
  }

  @Test
  void otherLevelsAndPlacebosDoNotMoveAlong() {
    World world = new World(1e-4, StudySpec.CONTROL);
    PlantResult.Planting planted =
        world.planting.result(world.red, world.planting.plant(world.red, 1, RunContext.NONE));

    Recovered red = planted.contrasts().get(0);
    Recovered green = planted.contrasts().get(1);
    assertThat(red.effect().level()).isEqualTo("red");
    assertThat(red.effect().verdict()).isEqualTo(Verdict.HELPS);
    assertThat(red.follows(planted.shift())).isTrue();
    assertThat(red.effect().target().point()).isCloseTo(red.planted(), within(.15));
    assertThat(green.follows(planted.shift())).isFalse();
    assertThat(green.planted()).isNegative();
    assertThat(planted.placebos()).singleElement().matches(Recovered::staysNil);
    assertThat(planted.amount()).isCloseTo(world.planter.mean(), within(1e-9));
  }

  @Test
  void rampUpAndUnmeasuredPostsAreLeftAlone() {
    World world = new World(1, "blue");
    boolean[] plantable = world.planter.plantable();
    assertThat(plantable[0]).isFalse();
    assertThat(plantable[24]).isFalse();
    assertThat(plantable[RAMP_UP]).isTrue();
    Planter.Planted planted = world.planter.plant(world.red.onPosts(), 2, RunContext.NONE);
    assertThat(planted.transform().state().history().subList(0, RAMP_UP))
        .isEqualTo(world.model.transform().state().history().subList(0, RAMP_UP));
    assertThat(planted.transform().state().history())
        .hasSameSizeAs(world.model.transform().state().history());
    assertThat(planted.shift()).isPositive();
  }

  @Test
  void otherPostsThanTheModelsAreRefused() {
    FittedModel model = model(1);
    List<Post> others = new ArrayList<>(posts);
    Post last = others.remove(POSTS - 1);
    others.add(
        new Post(
            "new", last.creative(), last.picture(), last.time(), last.metrics(), last.metadata()));
    assertThatThrownBy(() -> LearnedPosts.of(model, others, embeddings))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("fit again");
  }

  @Test
  void plantingIsTheSameAgain() {
    World world = new World(5, "blue");
    World again = new World(5, "blue");
    assertThat(again.recovery(-.3, 1)).isEqualTo(world.recovery(-.3, 1));
    assertThat(again.planting.calibrate(again.effect(), again.red, RunContext.NONE))
        .isEqualTo(world.planting.calibrate(world.effect(), world.red, RunContext.NONE));
  }

  @Test
  void precisionAndRecallCountPostsFoundAndPostsThatHaveIt() {
    Identification found =
        Identification.of(
            new boolean[] {true, true, true, false, false},
            new boolean[] {true, true, false, true, true});
    assertThat(found).isEqualTo(new Identification(3, 4, 2));
    assertThat(found.precision()).isCloseTo(2 / 3., within(1e-12));
    assertThat(found.recall()).isEqualTo(.5);
  }
}
