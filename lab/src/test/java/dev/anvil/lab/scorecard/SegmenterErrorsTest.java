package dev.anvil.lab.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.study.label.RuleLabels;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.tags.Confusion.Labelled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmenterErrorsTest {
  private static final int POSTS = 2000;

  @TempDir Path folder;

  private Factor person;
  private Factor colour;
  private final List<Post> posts =
      IntStream.range(0, POSTS)
          .mapToObj(
              i ->
                  new Post(
                      "p" + i, "c" + i, Path.of("p.jpg"), LocalDateTime.MIN, Map.of(), Map.of()))
          .toList();

  @BeforeEach
  void read() throws Exception {
    List<Factor> factors =
        StudyFile.read(
                Files.writeString(
                    folder.resolve("study.yaml"),
                    """
                    anvil: study/1
                    name: Test
                    metric: likes
                    sources: {element: car, count: 2}
                    factors:
                      colour:
                        element: car
                        editor: recolor
                        levels: {red: {colour: "#b0383c"}, blue: {colour: "#3852a2"}}
                      person:
                        element: car
                        editor: insert
                        reference: none
                        levels: {none: {position: none}, A: {position: A, figures: [a.png]}, B: {position: B, figures: [a.png]}}
                    """))
            .factors();
    colour = factors.get(0);
    person = factors.get(1);
  }

  private RuleLabels all(String label) {
    return new RuleLabels(
        posts.stream().collect(Collectors.toMap(Post::id, post -> label)),
        Collections.nCopies(POSTS, new Labelled(label, label, 0)),
        false);
  }

  private static double share(RuleLabels labels, String label) {
    return labels.posts().values().stream().filter(label::equals).count() / (double) POSTS;
  }

  private static Map<String, Double> variants(RuleLabels labels) {
    return labels.variants().stream()
        .collect(
            Collectors.groupingBy(
                Labelled::inferred,
                Collectors.collectingAndThen(Collectors.counting(), n -> n / (double) POSTS)));
  }

  @Test
  void missedPeopleAreLabelledAsNobodyOnPostsAndVariantsAlike() {
    RuleLabels found = new SegmenterErrors(.3, null, null, null).labels(person, all("A"), posts, 5);
    assertThat(share(found, "none")).isCloseTo(.3, within(.04));
    assertThat(variants(found).get("none")).isCloseTo(.3, within(.04));
  }

  @Test
  void variantsMayShowFewerErrorsThanPosts() {
    RuleLabels found = new SegmenterErrors(.4, null, null, .5).labels(person, all("A"), posts, 5);
    assertThat(share(found, "none")).isCloseTo(.4, within(.04));
    assertThat(variants(found).get("none")).isCloseTo(.2, within(.04));
  }

  @Test
  void imaginedPeopleStandAnywhere() {
    RuleLabels found =
        new SegmenterErrors(null, .2, null, null).labels(person, all("none"), posts, 5);
    assertThat(share(found, "A")).isCloseTo(.1, within(.03));
    assertThat(share(found, "B")).isCloseTo(.1, within(.03));
  }

  @Test
  void aMissedCarHasNoPaintNobodyBesideItAndNoEmbedding() {
    SegmenterErrors errors = new SegmenterErrors(null, null, .25, null);
    RuleLabels paint = errors.labels(colour, all("red"), posts, 5);
    RuleLabels people = errors.labels(person, all("A"), posts, 5);
    float[][] right = posts.stream().map(p -> new float[] {1, 2, 3}).toArray(float[][]::new);
    float[][] rows =
        errors.embeddings(posts, right, List.of(new Block("whole", 1), new Block("element", 2)), 5);
    assertThat(share(paint, "")).isCloseTo(.25, within(.04));
    for (int i = 0; i < POSTS; i++) {
      boolean missed = paint.posts().get("p" + i).isEmpty();
      assertThat(people.posts().get("p" + i)).isEqualTo(missed ? "none" : "A");
      assertThat(Float.isNaN(rows[i][1])).isEqualTo(missed);
      assertThat(rows[i][0]).isEqualTo(1);
    }
    assertThat(right[0]).as("what was given stays").containsExactly(1, 2, 3);
  }

  @Test
  void withoutErrorsNothingChanges() {
    RuleLabels found =
        new SegmenterErrors(null, null, null, null).labels(person, all("A"), posts, 5);
    assertThat(found).isEqualTo(all("A"));
  }
}
