package dev.anvil.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.MetricKind;
import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.segment.Subject;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Posts of accounts whose levels are far apart; small accounts prefer red, which does them good.
 */
class GroupedFitTest {
  private static final double EFFECT = .3;

  private final List<Post> posts = new ArrayList<>();
  private final float[][] embeddings = new float[300][];
  private final long[] hashes = new long[300];

  GroupedFitTest() {
    SplittableRandom random = Seeds.random(11, "grouped");
    for (int i = 0; i < 300; i++) {
      int account = i % 8;
      boolean red = random.nextDouble() < .9 - .1 * account;
      embeddings[i] = shown(red);
      for (int k = 1; k < embeddings[i].length; k++) {
        embeddings[i][k] = (float) random.nextGaussian();
      }
      hashes[i] = random.nextLong();
      posts.add(
          post(
              "p" + i,
              "brand " + account,
              LocalDateTime.of(2022, 1, 1, 9, 0).plusDays(2L * i),
              100
                  * Math.pow(3, account)
                  * (red ? 1 + EFFECT : 1)
                  * Math.exp(.1 * random.nextGaussian())));
    }
  }

  private static float[] shown(boolean red) {
    float[] embedding = new float[9];
    embedding[0] = red ? 1 : 0;
    return embedding;
  }

  private static Post post(String id, String account, LocalDateTime time, double likes) {
    return new Post(
        id,
        "c" + id,
        Path.of(id + ".jpg"),
        Optional.of(time),
        Map.of("likes", (double) Math.round(likes)),
        account.isEmpty() ? Map.of() : Map.of("brand", account));
  }

  private FittedModel fit(Optional<String> group) {
    return ModelFitter.fit(
            new ModelFitter.Request(
                "likes",
                MetricKind.COUNT,
                Optional.of(LocalDateTime.of(2022, 1, 1, 0, 0)),
                List.of(),
                Ridge.of(1e-3),
                new RefitDesign.Plan(1, 5, 2, 9),
                group),
            new ModelFitter.Data(
                posts,
                embeddings,
                List.of(new Block("whole", 9)),
                hashes,
                "pack",
                "encoder",
                Subject.of("car"),
                Optional.empty()),
            RunContext.NONE)
        .model();
  }

  private double effect(FittedModel model, Post at) {
    Matrix both = model.features(new float[][] {shown(false), shown(true)}, List.of(at, at));
    double[] predicted = model.regressor().predict(both);
    return model.transform().ratio(at.time(), predicted[0], predicted[1]).orElseThrow();
  }

  @Test
  void effectIsThatWithinAccountsThoughTheirComparisonPointsTheOtherWay() {
    Post at = posts.get(290);
    assertThat(effect(fit(Optional.empty()), at)).isLessThan(0);
    try (FittedModel model = fit(Optional.of("brand"))) {
      assertThat(effect(model, at)).isCloseTo(EFFECT, within(.05));
    }
  }

  @Test
  void predictionsOfKnownAccountsAreOnTheirOwnScale() {
    try (FittedModel model = fit(Optional.of("brand"))) {
      Post large = posts.get(295);
      double[] target =
          model.regressor().predict(model.features(new float[][] {shown(true)}, List.of(large)));
      double expected = 100 * Math.pow(3, 7) * (1 + EFFECT);
      assertThat(model.metric(large, target[0]).orElseThrow())
          .isCloseTo(expected, within(.12 * expected));
      assertThat(model.relative(large, target[0]).orElseThrow()).isBetween(1.1, 1.35);
    }
  }

  @Test
  void aNewAccountIsPredictedRelativeToItsUsual() {
    try (FittedModel model = fit(Optional.of("brand"))) {
      Post unknown = post("n", "brand 99", LocalDateTime.of(2023, 9, 1, 0, 0), 0);
      double[] target =
          model.regressor().predict(model.features(new float[][] {shown(true)}, List.of(unknown)));
      assertThat(model.metric(unknown, target[0])).isEmpty();
      double relative = model.relative(unknown, target[0]).orElseThrow();
      assertThat(relative).isBetween(1.05, 1.3);
      assertThat(model.metric(500, unknown, target[0])).isCloseTo(500 * relative, within(1e-9));
    }
  }

  @Test
  void postsThatNameNoAccountAreLeftOutAndCounted() {
    posts.set(150, post("p150", "", LocalDateTime.of(2022, 10, 28, 9, 0), 100));
    ModelFitter.Fit fit =
        ModelFitter.fit(
            new ModelFitter.Request(
                "likes",
                MetricKind.COUNT,
                Optional.empty(),
                List.of(),
                Ridge.of(1),
                new RefitDesign.Plan(1, 5, 0, 9),
                Optional.of("brand")),
            new ModelFitter.Data(
                posts,
                embeddings,
                List.of(new Block("whole", 9)),
                hashes,
                "pack",
                "encoder",
                Subject.of("car"),
                Optional.empty()),
            RunContext.NONE);
    AccountSummary summary = fit.accounts(posts).orElseThrow();
    assertThat(fit.fitRows()).doesNotContain(150);
    assertThat(summary.unnamed()).isEqualTo(1);
    assertThat(summary.accounts()).isEqualTo(8);
    assertThat(summary.effective()).isCloseTo(8, within(.05));
    assertThat(summary.differences()).isGreaterThan(.9);
    assertThat(summary.general()).isTrue();
  }
}
