package dev.anvil.report.data;

import dev.anvil.Problem;
import dev.anvil.Seeds;
import dev.anvil.Sha256;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.report.data.PictureStrip.Frame;
import dev.anvil.report.data.PictureStrip.Kind;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.VarianceSplit;
import dev.anvil.study.effect.Verdict;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** Report data of the size and shape of a demo run. All numbers are made up for tests. */
public final class Sample {
  static final LocalDate CUT = LocalDate.of(2018, 3, 1);

  private Sample() {}

  /** Everything that a report can show. */
  public static ReportData full() {
    return new ReportData(
        new Heading(
            "Test data: a car maker\u2019s feed",
            "likes",
            false,
            LocalDate.of(2026, 11, 24),
            38,
            1102,
            .05,
            true),
        List.of(colour(), setting(), people()),
        List.of(
            effect(
                "placebo",
                "null edit against the untouched picture",
                "control",
                true,
                .001,
                .012,
                Verdict.NO_PRACTICAL_EFFECT),
            effect("placebo", "blurred sky", "control", true, .011, .034, Verdict.NOT_RESOLVED),
            effect(
                "placebo",
                "red tones without a red car",
                "control",
                true,
                .062,
                .021,
                Verdict.HELPS)),
        List.of(
            new EditCheckRow(
                "colour",
                "red",
                114,
                .98,
                0,
                0,
                OptionalDouble.of(.004),
                OptionalDouble.of(.53),
                true,
                ""),
            new EditCheckRow(
                "colour",
                "white",
                114,
                .91,
                0,
                0,
                OptionalDouble.of(.004),
                OptionalDouble.of(.53),
                true,
                ""),
            new EditCheckRow(
                "setting",
                "coast",
                114,
                .87,
                .0021,
                9,
                OptionalDouble.of(.031),
                OptionalDouble.of(.61),
                true,
                ""),
            new EditCheckRow(
                "setting",
                "racetrack",
                114,
                .42,
                .0019,
                7,
                OptionalDouble.of(.031),
                OptionalDouble.of(.61),
                false,
                "the level appeared in fewer than half of the variants"),
            new EditCheckRow(
                "people",
                "C",
                38,
                1,
                0,
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                true,
                "")),
        Optional.of(model()),
        posts(),
        Optional.of(health()),
        new Provenance(
            "20261124-231502-7f3a",
            20261124,
            "0.1.0-SNAPSHOT (17b7348)",
            Sha256.of("study"),
            ordered("embedded-ssd", Sha256.of("pack"), "clip-vit-b32", Sha256.of("clip")),
            ordered(
                "trees",
                "1000",
                "depth",
                "7",
                "learning rate",
                "0.1",
                "columns per tree",
                "0.2",
                "early stopping",
                "30 rounds"),
            "anvil reproduce 20261124-231502-7f3a"),
        List.of());
  }

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private static FactorResult colour() {
    int[] paint = {0xC6202B, 0xE9C21B, 0xC5C9CC, 0xF4F4F2, 0x2457A8, 0x1C1D20};
    List<String> levels = List.of("red", "yellow", "silver", "white", "blue", "black");
    List<PictureStrip> strips = new ArrayList<>();
    int[] scenes = {0x5F8F58, 0xD8B47A, 0x8C95A1};
    for (int i = 0; i < 3; i++) {
      List<Frame> frames = new ArrayList<>(before("car", scenes[i], 0x6E7B60, i));
      for (int level = 0; level < paint.length; level++) {
        frames.add(
            frame(
                Kind.VARIANT,
                levels.get(level),
                scene(scenes[i], paint[level], i),
                .24 - .08 * level + .02 * i));
      }
      strips.add(new PictureStrip("Post p-10" + i + ", " + (3 + i) + " May 2019", frames));
    }
    return new FactorResult(
        "colour",
        "Vehicle colour",
        "the car left as it is",
        List.of(
            result("colour", "red", "Red cars", .213, .062, Verdict.HELPS, .25),
            result("colour", "yellow", "Yellow cars", .118, .049, Verdict.HELPS, .15),
            result("colour", "silver", "Silver cars", .021, .043, Verdict.NOT_RESOLVED, 0),
            result("colour", "white", "White cars", -.004, .016, Verdict.NO_PRACTICAL_EFFECT, 0),
            result("colour", "blue", "Blue cars", -.034, .041, Verdict.NOT_RESOLVED, -.05),
            result("colour", "black", "Black cars", -.092, .044, Verdict.HURTS, -.12)),
        strips);
  }

  private static FactorResult setting() {
    List<String> levels = List.of("forest", "coast", "racetrack", "urban", "desert");
    int[] ground = {0x4E7F4C, 0x6FA8C9, 0x7B7D82, 0x9AA0A8, 0xD8B47A};
    List<PictureStrip> strips = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      List<Frame> frames = new ArrayList<>(before("surroundings", 0xB9BDA6, 0x2457A8, i));
      for (int level = 0; level < ground.length; level++) {
        frames.add(
            frame(
                Kind.VARIANT,
                levels.get(level),
                scene(ground[level], 0x2457A8, i),
                .14 - .07 * level));
      }
      strips.add(new PictureStrip("Post p-20" + i + ", " + (7 + i) + " June 2021", frames));
    }
    return new FactorResult(
        "setting",
        "Setting",
        "their surroundings left as they are",
        List.of(
            result("setting", "forest", "Cars in a forest", .134, .052, Verdict.HELPS, .18),
            result("setting", "coast", "Cars on the coast", .071, .049, Verdict.NOT_RESOLVED, .1),
            result("setting", "racetrack", "Cars on a racetrack", .09, .07, Verdict.INVALID, .05),
            result(
                "setting", "urban", "Cars in a city", -.012, .019, Verdict.NO_PRACTICAL_EFFECT, 0),
            result("setting", "desert", "Cars in a desert", -.157, .058, Verdict.HURTS, -.15)),
        strips);
  }

  private static FactorResult people() {
    List<EffectResult> effects = new ArrayList<>();
    double[] point = {.052, .031, .012, .003, -.008, -.021, -.03, -.044};
    for (int i = 0; i < point.length; i++) {
      Verdict verdict =
          Math.abs(point[i]) < .01 ? Verdict.NO_PRACTICAL_EFFECT : Verdict.NOT_RESOLVED;
      String level = String.valueOf((char) ('A' + i));
      effects.add(
          new EffectResult(
              effect("people", level, "none", false, point[i], .036, verdict),
              "Pictures with a person at " + level,
              OptionalDouble.of(point[i] * 1.4),
              Optional.empty()));
    }
    return new FactorResult(
        "people", "A person in the picture", "nobody added", effects, List.of());
  }

  static EffectResult result(
      String factor,
      String level,
      String phrase,
      double point,
      double half,
      Verdict verdict,
      double truth) {
    return new EffectResult(
        effect(factor, level, "control", false, point, half, verdict),
        phrase,
        OptionalDouble.of(truth),
        Optional.of(new Interval(truth - .03, truth + .004, truth + .035, .95)));
  }

  public static Effect effect(
      String factor,
      String level,
      String reference,
      boolean placebo,
      double point,
      double half,
      Verdict verdict) {
    double p =
        verdict == Verdict.HELPS || verdict == Verdict.HURTS ? .0004 + half / 10 : .08 + half;
    return new Effect(
        factor,
        level,
        reference,
        placebo,
        38,
        3,
        8,
        new Interval(3 * (point - 2 * half), 3 * point, 3 * (point + 2 * half), .95),
        new Interval(point - 2 * half, point, point + 2 * half, .95),
        p,
        Math.min(1, p * 2),
        .3,
        verdict,
        new VarianceSplit(.62 + half, .11, .27 - half),
        2.8 * half,
        verdict == Verdict.NOT_RESOLVED
            ? OptionalInt.of((int) (40 + 9000 * half * half / (.01 + Math.abs(point))))
            : OptionalInt.empty());
  }

  private static ModelResult model() {
    List<EvaluationRow> rows = new ArrayList<>();
    String[] names = {"mean", "ridge", "xgboost-paper", "xgboost-early", "blend"};
    double[] r2 = {0, .24, .19, .22, .27};
    String[] splits = {"random", "temporal", "grouped"};
    for (int i = 0; i < names.length; i++) {
      for (int s = 0; s < splits.length; s++) {
        double value = i == 0 ? -.002 * s : r2[i] - .03 * s;
        double rmse = Math.sqrt(1 - value);
        rows.add(
            new EvaluationRow(
                names[i],
                splits[s],
                906,
                226,
                around(rmse, .04),
                around(value, .06),
                around(rmse * .79, .03),
                i == 0 ? Optional.empty() : Optional.of(around(Math.sqrt(value), .06)),
                i == 0 ? Optional.empty() : Optional.of(around(.5 + value / 2, .02))));
      }
    }
    return new ModelResult(
        "blend", rows, Optional.of(new ModelResult.Coverage(.9, .88, 226, 1.2, true)));
  }

  private static Interval around(double point, double half) {
    return new Interval(point - half, point, point + half, .95);
  }

  private static DataHealth health() {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      problems.add(
          new Problem(
              "posts.csv line " + (118 + 31 * i),
              i % 2 == 0
                  ? "likes is \"12k\"; expected a whole number"
                  : "picture images/0" + i + ".jpg does not exist"));
    }
    Map<String, Integer> missing = new LinkedHashMap<>();
    missing.put("likes", 3);
    missing.put("country", 41);
    missing.put("audience", 512);
    Map<String, Double> elements = new LinkedHashMap<>();
    elements.put("car", .974);
    elements.put("background", 1.0);
    elements.put("person", .361);
    elements.put("road", .58);
    return new DataHealth(
        1214, 14, problems, missing, elements, Optional.of("dog"), 22, Optional.of(CUT));
  }

  private static List<PostResult> posts() {
    SplittableRandom random = Seeds.random(7, "sample");
    List<PostResult> posts = new ArrayList<>();
    LocalDateTime start = LocalDateTime.of(2017, 1, 2, 18, 30);
    double mean = 180;
    for (int i = 0; i < 1200; i++) {
      LocalDateTime time = start.plusHours(i * 58L);
      double level = 2400 * (1 - Math.exp(-i / 90.0)) + 180 + 1.1 * i + 200 * Math.sin(i / 24.0);
      double signal = normal(random);
      double target = .55 * signal + .83 * normal(random);
      double likes = Math.max(3, level * Math.pow(1 + .22 * target, 3) * .9);
      mean += (level - mean) / 60;
      boolean fitted = !time.toLocalDate().isBefore(CUT);
      posts.add(
          new PostResult(
              "p-%04d".formatted(i),
              Sha256.of("creative " + i % 1178),
              Optional.of(time),
              fitted,
              OptionalDouble.of(Math.rint(likes)),
              i < 20 ? OptionalDouble.empty() : OptionalDouble.of(mean),
              fitted ? OptionalDouble.of(target) : OptionalDouble.empty(),
              fitted
                  ? OptionalDouble.of(.45 * signal + .1 * normal(random))
                  : OptionalDouble.empty(),
              fitted
                  ? OptionalDouble.of(level * Math.pow(1 + .1 * signal, 3))
                  : OptionalDouble.empty()));
    }
    return posts;
  }

  private static double normal(SplittableRandom random) {
    double u = 1 - random.nextDouble();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
  }

  private static List<Frame> before(String element, int ground, int paint, int shift) {
    Picture source = scene(ground, paint, shift);
    return List.of(
        frame(Kind.SOURCE, "as posted", source),
        new Frame(
            Kind.MASK,
            "the " + element,
            Thumbnail.overlay(source, carMask(shift), 256),
            OptionalDouble.empty()),
        frame(Kind.CONTROL, "control", source));
  }

  private static Frame frame(Kind kind, String label, Picture picture) {
    return new Frame(kind, label, Thumbnail.of(picture, 256), OptionalDouble.empty());
  }

  private static Frame frame(Kind kind, String label, Picture picture, double change) {
    return new Frame(kind, label, Thumbnail.of(picture, 256), OptionalDouble.of(change));
  }

  /** A toy car on a plain ground under a pale sky, 384 x 288. */
  static Picture scene(int ground, int paint, int shift) {
    byte[] rgb = new byte[384 * 288 * 3];
    for (int y = 0, o = 0; y < 288; y++) {
      for (int x = 0; x < 384; x++, o += 3) {
        int colour = y < 130 ? 0xC9DDEA : ground;
        double shade = y < 130 ? .85 + y / 900.0 : 1.08 - y / 1500.0;
        if (isCar(x - 30 * shift, y)) {
          colour = paint;
          shade = 1.15 - (y - 110) / 400.0;
        }
        if (isWheel(x - 30 * shift, y)) {
          colour = 0x202124;
          shade = 1;
        }
        for (int c = 0; c < 3; c++) {
          rgb[o + c] = (byte) Math.min(255, Math.round(shade * ((colour >> (16 - 8 * c)) & 255)));
        }
      }
    }
    return new Picture(384, 288, rgb);
  }

  private static Mask carMask(int shift) {
    float[] alpha = new float[384 * 288];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = isCar(i % 384 - 30 * shift, i / 384) ? 1 : 0;
    }
    return new Mask(384, 288, alpha);
  }

  private static boolean isCar(int x, int y) {
    boolean body = x > 60 && x < 290 && y > 160 && y < 215;
    boolean cabin = y > 118 && y <= 160 && x > 105 + (160 - y) / 2 && x < 245 - (160 - y) / 1.5;
    return body || cabin;
  }

  private static boolean isWheel(int x, int y) {
    return Math.hypot(x - 112, y - 215) < 24 || Math.hypot(x - 240, y - 215) < 24;
  }
}
