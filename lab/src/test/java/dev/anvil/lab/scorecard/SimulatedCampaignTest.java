package dev.anvil.lab.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.segment.Subject;
import dev.anvil.showroom.Scenario;
import dev.anvil.showroom.Scenario.Level;
import dev.anvil.showroom.Scene;
import dev.anvil.showroom.WorldSpec;
import dev.anvil.study.label.KnownLabels;
import dev.anvil.study.label.RuleLabels;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.tags.TagColumn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedCampaignTest {
  private static final int SCENES = 220;
  private static final Map<String, Map<String, Level>> SHOWS =
      Map.of("removal", Map.of("removed", new Level("person", "none")));

  @TempDir Path folder;

  private final Map<String, Scene> scenes = new LinkedHashMap<>();
  private final List<Post> posts = new ArrayList<>();

  /** Pictures whose embedding is noise. */
  private Bench bench() {
    SplittableRandom random = Seeds.random(4, "bench");
    float[][] embeddings = new float[SCENES][5];
    long[] hashes = new long[SCENES];
    for (int i = 0; i < SCENES; i++) {
      String id = "s" + i;
      scenes.put(
          id,
          new Scene(
              id,
              Path.of("s.jpg"),
              Path.of("s.png"),
              Optional.empty(),
              Optional.empty(),
              Map.of(
                  "colour", random.nextBoolean() ? "red" : "blue",
                  "setting", random.nextBoolean() ? "forest" : "coast",
                  "person", random.nextBoolean() ? "none" : "C",
                  "type", "sedan")));
      posts.add(new Post(id, "c" + i, Path.of("s.jpg"), LocalDateTime.MIN, Map.of(), Map.of()));
      for (int d = 0; d < 5; d++) {
        embeddings[i][d] = (float) random.nextGaussian();
      }
      hashes[i] = random.nextLong();
    }
    return new Bench(
        scenes,
        posts,
        embeddings,
        List.of(new Block("whole", 3), new Block("element", 2)),
        hashes,
        "noise",
        Subject.of("car"),
        Optional.empty(),
        Map.of(),
        null);
  }

  private SimulatedCampaign campaign(Scenario scenario, Optional<SegmenterErrors> segmenter)
      throws Exception {
    return SimulatedCampaign.of(
        bench(),
        WorldSpec.read(Path.of("../showroom/worlds/default.yaml")),
        Ridge.chosen(),
        scenario,
        SHOWS,
        segmenter,
        9,
        RunContext.NONE);
  }

  private static Scenario ofPosts(int posts) {
    return new Scenario(
        "many",
        1,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(posts),
        Optional.empty());
  }

  private StudySpec study() throws Exception {
    return StudyFile.read(
        Files.writeString(
            folder.resolve("study.yaml"),
            """
            anvil: study/1
            name: Test
            metric: likes
            sources: {element: car, count: 2}
            factors:
              removal: {element: person, editor: remove, levels: {removed: {labels: {without: person}}}}
            """));
  }

  /** The id of the scene that a post shows. */
  private static String picture(String post) {
    return post.replaceFirst("#.*", "");
  }

  @Test
  void aPictureThatIsPostedAgainIsAnotherPostOfTheSamePicture() throws Exception {
    SimulatedCampaign many = campaign(ofPosts(300), Optional.empty());
    assertThat(many.posts()).hasSize(450).extracting(Post::id).doesNotHaveDuplicates();
    Post again = many.posts().stream().filter(p -> p.id().endsWith("#2")).findFirst().orElseThrow();
    Post once =
        many.posts().stream()
            .filter(p -> p.id().equals(again.id().replace("#2", "")))
            .findFirst()
            .orElseThrow();
    assertThat(again.creative()).isEqualTo(once.creative());
    assertThat(again.metrics()).isNotEqualTo(once.metrics());
    Map<String, Integer> groups = many.fit().model().description().groups();
    assertThat(groups.get(again.id())).as("one group").isEqualTo(groups.get(once.id()));
  }

  @Test
  void postsAreLabelledAsTheirPictures() throws Exception {
    SimulatedCampaign many = campaign(ofPosts(300), Optional.empty());
    StudySpec study = study();
    RuleLabels found =
        new RuleLabels(
            scenes.keySet().stream().collect(Collectors.toMap(id -> id, id -> "of " + id)),
            List.of(),
            false);
    Map<String, String> labels =
        many.labels(study.factors().get(0), found, Optional.empty()).posts();
    assertThat(labels).hasSize(450);
    labels.forEach((id, label) -> assertThat(label).isEqualTo("of " + picture(id)));
  }

  @Test
  void aRemovalIsShownByPostsWithoutAPerson() throws Exception {
    SimulatedCampaign many = campaign(ofPosts(300), Optional.empty());
    StudySpec study = study();
    TagColumn removal = many.tags(study).get(0);
    assertThat(removal.name()).isEqualTo("removal");
    Map<String, String> known = many.known(study, 50).byFactor().get("removal");
    assertThat(known).hasSize(50);
    for (int i = 0; i < many.posts().size(); i++) {
      Post post = many.posts().get(i);
      boolean nobody = scenes.get(picture(post.id())).levels().get("person").equals("none");
      assertThat(removal.values().get(i)).isEqualTo(nobody ? "removed" : "");
      assertThat(many.shows(post, "removal", "removed")).isEqualTo(nobody);
      if (known.containsKey(post.id())) {
        assertThat(known.get(post.id())).isEqualTo(nobody ? "removed" : KnownLabels.OTHER);
      }
    }
    assertThat(many.tags()).extracting(TagColumn::name).doesNotContain("removal");
  }

  @Test
  void theModelDoesNotSeeTheElementOfMissedCars() throws Exception {
    SimulatedCampaign missed =
        campaign(Scenario.PLAIN, Optional.of(new SegmenterErrors(null, null, .3, null)));
    long blind = Arrays.stream(missed.embeddings()).filter(row -> Float.isNaN(row[3])).count();
    assertThat(blind).isBetween(SCENES * 2L / 10, SCENES * 4L / 10);
  }
}
