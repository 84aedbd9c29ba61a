package dev.anvil.predict;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.MetricKind;
import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.segment.Subject;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Ridge on the likes of a few posts of cars whose pictures are all different. */
public final class SmallModel {
  private SmallModel() {}

  /**
   * Fits it, with two repeats of five folds.
   *
   * @param since posts before are left out of fitting; empty to leave it to the data
   */
  public static FittedModel fit(
      List<Post> posts,
      float[][] embeddings,
      double penalty,
      int resamples,
      Optional<LocalDateTime> since) {
    SplittableRandom random = Seeds.random(4, "hashes");
    return ModelFitter.fit(
            new ModelFitter.Request(
                "likes",
                MetricKind.COUNT,
                since,
                List.of(),
                Ridge.of(penalty),
                new RefitDesign.Plan(2, 5, resamples, 9)),
            new ModelFitter.Data(
                posts,
                embeddings,
                List.of(new Block("whole", embeddings[0].length)),
                posts.stream().mapToLong(p -> random.nextLong()).toArray(),
                "pack",
                "encoder",
                Subject.of("car"),
                Optional.empty()),
            RunContext.NONE)
        .model();
  }
}
