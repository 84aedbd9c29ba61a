package dev.anvil.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.ask.Asking.Limits;
import dev.anvil.campaign.Post;
import dev.anvil.encode.TextEncoder;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.SmallModel;
import dev.anvil.study.effect.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Posts of red or blue cars in a forest or at a coast; red ones get e to the .4 times as much. */
class AskingTest {
  private static final int POSTS = 300;
  private static final int NOISE = 8;
  private static final double RED = .4;

  private static SentenceEncoder encoder;

  private final List<Post> posts = new ArrayList<>();
  private final List<String> sentences = new ArrayList<>();
  private final float[][] embeddings = new float[POSTS][4 + NOISE];
  private final FittedModel model;

  AskingTest() {
    SplittableRandom random = Seeds.random(2, "asking");
    for (int i = 0; i < POSTS; i++) {
      boolean red = random.nextBoolean();
      boolean forest = random.nextBoolean();
      embeddings[i][red ? 0 : 1] = 1;
      embeddings[i][forest ? 2 : 3] = 1;
      for (int k = 0; k < NOISE; k++) {
        embeddings[i][4 + k] = (float) (.3 * random.nextGaussian());
      }
      sentences.add(
          "colour %s, setting %s".formatted(red ? "red" : "blue", forest ? "forest" : "coast"));
      double log = (red ? RED : 0) + (forest ? .1 : 0) + .2 * random.nextGaussian();
      posts.add(
          new Post(
              "p" + i,
              "c" + i,
              Path.of("p.png"),
              LocalDateTime.of(2020, 1, 1, 12, 0).plusDays(3L * i),
              Map.of("likes", 1000 * Math.exp(log)),
              Map.of()));
    }
    model = SmallModel.fit(posts, embeddings, 1, 10, Optional.empty());
  }

  @BeforeAll
  static void open() throws IOException {
    encoder = SentenceEncoder.open(1);
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  private Answer learned(List<String> told, String first, String second) {
    return Asking.learned(model, posts, embeddings, told, encoder::encode, RunContext.NONE)
        .ask(new Question(first, List.of(second)), Limits.STANDARD, RunContext.NONE);
  }

  @Test
  void sentencesThatMeanAlikePointInSimilarDirections() {
    float[][] rows =
        encoder.encode(
            List.of(
                "a red car in the forest",
                "a blue car in the city",
                "a crimson automobile among trees"));
    // by onnxruntime 1.30.0 in Python, from the same files
    assertThat(dot(rows[0], rows[1])).isCloseTo(.413, within(.02));
    assertThat(dot(rows[0], rows[2])).isCloseTo(.674, within(.02));
    assertThat(dot(rows[0], rows[0])).isCloseTo(1, within(1e-5));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  @Test
  void wordsThatTheSentencesNeverUsedAreUnderstood() {
    Answer answer = learned(sentences, "a red automobile", "a blue automobile");

    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.effect().orElseThrow().verdict()).isEqualTo(Verdict.HELPS);
    assertThat(answer.effect().orElseThrow().relative().point())
        .isBetween(.1, Math.exp(RED) - 1 + .1);
    assertThat(answer.retrieval().low()).isGreaterThan(.8);
    assertThat(answer.likeFirst()).allSatisfy(id -> assertThat(sentence(id)).contains("red"));
    assertThat(answer.likeSecond()).allSatisfy(id -> assertThat(sentence(id)).contains("blue"));
  }

  private String sentence(String id) {
    return sentences.get(Integer.parseInt(id.substring(1)));
  }

  @Test
  void theOtherWayRoundIsTheOppositeEffect() {
    double there = learned(sentences, "red", "blue").effect().orElseThrow().target().point();
    double back = learned(sentences, "blue", "red").effect().orElseThrow().target().point();
    assertThat(back).isCloseTo(-there, within(1e-6));
  }

  @Test
  void whatTheSentencesDoNotSpeakOfIsRefused() {
    List<String> settings = sentences.stream().map(s -> s.substring(s.indexOf("setting"))).toList();
    Answer answer = learned(settings, "a red car", "a blue car");
    assertThat(answer.effect()).isEmpty();
    assertThat(answer.refusals())
        .anyMatch(r -> r.contains("speak of") && r.contains("at least 0.50 is asked for"));
  }

  @Test
  void sentencesOfOtherPicturesAreNotTrusted() {
    List<String> shuffled = new ArrayList<>(sentences);
    Collections.shuffle(shuffled, new java.util.Random(3));
    Answer answer = learned(shuffled, "a red car", "a blue car");
    assertThat(answer.effect()).isEmpty();
    assertThat(answer.retrieval().point()).isCloseTo(.5, within(.1));
    assertThat(answer.refusals()).anyMatch(r -> r.startsWith("words pick the right"));
  }

  @Test
  void sentencesThatAreAllAlikeAreRefused() {
    assertThatThrownBy(() -> learned(Collections.nCopies(POSTS, "a car"), "red", "blue"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("all alike");
  }

  /** A text tower whose space has one axis per word, far from the pictures'. */
  private static final class Words implements TextEncoder {
    private static final List<String> AXES = List.of("red", "blue", "forest", "coast");

    @Override
    public String id() {
      return "words";
    }

    @Override
    public int dimension() {
      return AXES.size() + NOISE;
    }

    @Override
    public float[][] encode(List<String> texts) {
      return texts.stream().map(this::encode).toArray(float[][]::new);
    }

    private float[] encode(String text) {
      float[] row = new float[dimension()];
      for (int k = 0; k < AXES.size(); k++) {
        row[k] = text.contains(AXES.get(k)) ? .2f : 0;
      }
      row[dimension() - 1] = .97f;
      return row;
    }

    @Override
    public void close() {
      // nothing to close
    }
  }

  @Test
  void aTextTowerIsTakenAsItIs() {
    Asking asking = Asking.joint(model, posts, embeddings, sentences, new Words(), RunContext.NONE);
    Answer answer =
        asking.ask(
            new Question("a red car", List.of("a blue car")), Limits.STANDARD, RunContext.NONE);
    assertThat(answer.known()).isEqualTo(1);
    assertThat(answer.retrieval().low()).isGreaterThan(.8);
    assertThat(answer.effect().orElseThrow().verdict()).isEqualTo(Verdict.HELPS);
    assertThat(answer.effect().orElseThrow().relative().point())
        .isCloseTo(Math.exp(RED) - 1, within(.15));
  }
}
