package dev.anvil.segment.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.onnx.Tensor;
import dev.anvil.segment.post.Panoptic.Limits;
import dev.anvil.segment.post.SegmentMap.Segment;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every vector of docs/model-contracts.md Appendix E and the row of 1.4, whose values are those of
 * transformers 5.18 and PyTorch; for the SHI-Labs rule those of verify_postproc.py.
 */
class PostprocessingTest {
  private static final Queries QUERIES =
      queries(
          new float[] {4, 0, 0, 0, 0, 3, 0, 1, 0, 0, 0, 5, 0, 2.5f, 0, 0},
          "3 3 1 -3  3 3 -3 -3  3 3 -3 -3  3 3 -3 -3",
          "-3 -3 2 2  -3 -3 2 2  -3 -3 -3 -3  -3 -3 -3 -3",
          "-3 -3 -3 -3  -3 -3 -3 -3  -3 -3 4 4  -3 -3 4 4",
          "-3 -3 -3 -3  -3 -3 -3 2.5  -3 -3 1.5 1.5  -3 -3 1.5 1.5");

  @Test
  void interpolatesAsTorchDoes() {
    float[] sines = {0, .564642f, .932039f, .973848f};
    float[] row = new Bilinear(4, 1, 8, 1).resize(sines, 0);
    assertThat(row)
        .containsExactly(
            new float[] {0, .14116f, .42348f, .65649f, .84019f, .94249f, .96340f, .97385f},
            within(1e-5f));
    float[] column = new Bilinear(1, 4, 1, 8).resize(sines, 0);
    assertThat(column).isEqualTo(row);
  }

  @Test
  void anEqualSizeKeepsThePlaneAndAHalvedOneIsNotSmoothed() {
    float[] plane = {1, 2, 3, 4, 5, 6};
    assertThat(new Bilinear(3, 2, 3, 2).resize(plane, 0)).isEqualTo(plane);
    assertThat(new Bilinear(3, 2, 1, 1).resize(plane, 0)).containsExactly(3.5f);
  }

  @Test
  void semantic() {
    assertThat(rows(semantic(4, 4))).containsOnly("0 0 1 1");
    List<String> large = rows(semantic(8, 6));
    assertThat(large.get(0)).isEqualTo("0 0 0 0 0 1 1 1");
    assertThat(large.subList(1, 6)).containsOnly("0 0 0 0 1 1 1 1");
  }

  @Test
  void panopticByHuggingFace() {
    SegmentMap map = Panoptic.huggingFace(QUERIES, to(4, 4), Limits.DEFAULT, label -> false);
    assertThat(rows(map)).containsExactly("1 1 0 0", "1 1 0 2", "1 1 2 2", "1 1 2 2");
    assertThat(segments(map)).containsExactly("1: 0 0.947915", "2: 1 0.802404");

    SegmentMap fused = Panoptic.huggingFace(QUERIES, to(4, 4), Limits.DEFAULT, label -> label == 1);
    assertThat(fused.ids()).isEqualTo(map.ids());
    assertThat(fused.segments().stream().map(Segment::isFused)).containsExactly(false, true);

    SegmentMap sure = Panoptic.huggingFace(QUERIES, to(4, 4), new Limits(.9, .8), label -> false);
    assertThat(rows(sure)).containsOnly("1 1 1 1");
    assertThat(segments(sure)).containsExactly("1: 0 0.947915");
  }

  /** 12 of 15 pixels are kept only when the ratio is taken in float32. */
  @Test
  void panopticByHuggingFaceComparesFloatRatios() {
    SegmentMap map = Panoptic.huggingFace(QUERIES, to(8, 8), Limits.DEFAULT, label -> false);
    assertThat(rows(map))
        .containsExactly(
            "1 1 1 1 1 2 2 2",
            "1 1 1 1 1 2 2 2",
            "1 1 1 1 2 2 2 2",
            "1 1 1 1 2 2 3 3",
            "1 1 1 1 3 3 3 3",
            "1 1 1 1 3 3 3 3",
            "1 1 1 1 3 3 3 3",
            "1 1 1 1 3 3 3 3");
    assertThat(segments(map)).containsExactly("1: 0 0.947915", "2: 1 0.809776", "3: 1 0.802404");
  }

  @Test
  void queriesOfNothingGiveNothing() {
    Queries nothing = queries(new float[] {0, 0, 0, 5}, "4 4 4 4  4 4 4 4  4 4 4 4  4 4 4 4");
    SegmentMap map = Panoptic.huggingFace(nothing, to(4, 4), Limits.DEFAULT, label -> false);
    assertThat(map.ids()).containsOnly(-1);
    assertThat(map.segments()).isEmpty();
    SegmentMap authors = shiLabs(nothing, 4, 4, label -> false);
    assertThat(authors.ids()).containsOnly(0);
    assertThat(authors.segments()).isEmpty();
  }

  @Test
  void instancesByOneFormerEqualThePanopticMap() {
    SegmentMap map = Instances.oneFormer(QUERIES, to(4, 4), Limits.DEFAULT);
    assertThat(rows(map)).containsExactly("1 1 0 0", "1 1 0 2", "1 1 2 2", "1 1 2 2");
    assertThat(segments(map)).containsExactly("1: 0 0.947915", "2: 1 0.802404");
  }

  /** The order of ids is not defined by the algorithm; here it is from the worst to the best. */
  @Test
  void instancesByMask2Former() {
    SegmentMap map = Instances.mask2Former(QUERIES.withMasksOf(384, 384), 4, 4, .5);
    assertThat(segments(map)).containsExactly("0: 1 0.6298", "1: 1 0.66419", "2: 0 0.85664");
    assertThat(rows(map)).containsExactly("2 2 2 1", "2 2 2 1", "2 2 -1 0", "2 2 -1 0");
  }

  @Test
  void panopticByItsAuthors() {
    SegmentMap things = shiLabs(QUERIES, 8, 8, label -> label == 1);
    assertThat(rows(things))
        .containsExactly(
            "1 1 1 1 1 2 2 2",
            "1 1 1 1 1 2 2 2",
            "1 1 1 1 2 2 2 2",
            "1 1 1 1 0 2 3 3",
            "1 1 1 1 0 3 3 3",
            "1 1 1 1 3 3 3 3",
            "1 1 1 1 3 3 3 3",
            "1 1 1 1 3 3 3 3");
    assertThat(segments(things)).containsExactly("1: 0 0.947915", "2: 1 0.809776", "3: 1 0.802404");

    SegmentMap stuff = shiLabs(QUERIES, 8, 8, label -> false);
    assertThat(stuff.ids())
        .isEqualTo(Arrays.stream(things.ids()).map(id -> id == 3 ? 2 : id).toArray());
    assertThat(segments(stuff)).containsExactly("1: 0 0.947915", "2: 1 0.809776");
  }

  @Test
  void onlyTheAuthorsCutSegmentsWhereTheyAreUnsure() {
    Queries one = queries(new float[] {5, 0, 0}, "2 2 -2 -2  2 2 -2 -2  -2 -2 -2 -2  -2 -2 -2 -2");
    SegmentMap huggingFace = Panoptic.huggingFace(one, to(4, 4), Limits.DEFAULT, label -> false);
    assertThat(rows(huggingFace)).containsOnly("1 1 1 1");
    SegmentMap authors = shiLabs(one, 4, 4, label -> false);
    assertThat(rows(authors)).containsExactly("1 1 0 0", "1 1 0 0", "0 0 0 0", "0 0 0 0");
    assertThat(segments(authors)).containsExactly("1: 0 0.986703");
  }

  @Test
  void logitsPerPixel() {
    float[] values = new float[3 * 3 * 4];
    for (int c = 0, i = 0; c < 3; c++) {
      for (int y = 0; y < 3; y++) {
        for (int x = 0; x < 4; x++, i++) {
          values[i] = (float) Math.sin(1.7 * c + .9 * y + .6 * x);
        }
      }
    }
    Maps logits = new Maps(3, 3, 4, values);
    assertThat(rows(ClassMap.of(logits, Enlarging.direct(logits, 4, 3))))
        .containsExactly("1 1 0 0", "0 0 0 0", "0 0 0 2");
    ClassMap map = ClassMap.of(logits, Enlarging.direct(logits, 8, 6));
    assertThat(rows(map))
        .containsExactly(
            "1 1 1 0 0 0 0 0",
            "1 1 1 0 0 0 0 0",
            "1 0 0 0 0 0 0 0",
            "0 0 0 0 0 0 0 0",
            "0 0 0 0 0 0 2 2",
            "0 0 0 0 0 2 2 2");

    assertThat(Arrays.stream(map.confidences(logits, true)).boxed())
        .allMatch(c -> c > .3 && c < .7);
  }

  /** The mean over a class's pixels of its softmax; by hand, for logits 0 and ln 3. */
  @Test
  void confidenceIsTheMeanShareOfTheClass() {
    Maps logits = new Maps(2, 1, 2, new float[] {(float) Math.log(3), 800, 0, 0});
    ClassMap map = ClassMap.of(logits, Enlarging.direct(logits, 2, 1));
    assertThat(map.confidences(logits, true)).containsExactly(new double[] {.875, 0}, within(1e-6));
    Maps shares = new Maps(2, 1, 1, new float[] {1, 3});
    assertThat(ClassMap.of(shares, Enlarging.direct(shares, 2, 2)).confidences(shares, false))
        .containsExactly(0, .75);
  }

  private static ClassMap semantic(int width, int height) {
    return ClassMap.of(ClassMap.scores(QUERIES), to(width, height));
  }

  private static SegmentMap shiLabs(Queries queries, int width, int height, IntPredicate isThing) {
    return Panoptic.shiLabs(
        queries, Enlarging.direct(queries.masks(), width, height), Limits.DEFAULT, isThing);
  }

  /** From the 4 x 4 of the vectors. */
  private static Enlarging to(int width, int height) {
    return Enlarging.direct(QUERIES.masks(), width, height);
  }

  private static Queries queries(float[] classes, String... masks) {
    int queries = masks.length;
    float[] values = new float[queries * 16];
    try (Scanner words = new Scanner(String.join(" ", masks))) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.parseFloat(words.next());
      }
    }
    return Queries.of(
        Tensor.of(classes, 1, queries, classes.length / queries),
        Tensor.of(values, 1, queries, 4, 4));
  }

  private static List<String> rows(SegmentMap map) {
    return rows(map.ids(), map.width());
  }

  private static List<String> rows(ClassMap map) {
    return rows(map.classes(), map.width());
  }

  private static List<String> rows(int[] values, int width) {
    return IntStream.range(0, values.length / width)
        .mapToObj(
            y ->
                String.join(
                    " ",
                    Arrays.stream(values, y * width, (y + 1) * width)
                        .mapToObj(Integer::toString)
                        .toList()))
        .toList();
  }

  /** Id, label and score of each segment, the score rounded as transformers does. */
  private static List<String> segments(SegmentMap map) {
    return map.segments().stream()
        .map(s -> "%d: %d %s".formatted(s.id(), s.label(), Math.rint(s.score() * 1e6) / 1e6))
        .toList();
  }
}
