package dev.anvil.lab.scorecard;

import dev.anvil.RunContext;
import dev.anvil.ask.SentenceEncoder;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.network.Lease;
import dev.anvil.lab.Showroom;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Scorecards on one machine; interrupted, they go on where they were. */
public final class ScorecardService {
  private ScorecardService() {}

  /**
   * Judges the worlds that are not done and writes the tables of all into the workspace.
   *
   * @throws dev.anvil.InvalidInputException when a file of the scorecard cannot be used
   */
  public static ScorecardOutcome run(Anvil anvil, ScorecardRequest request, RunContext context)
      throws IOException {
    ScorecardPlan plan = ScorecardPlan.read(request, anvil.networks().packIds());
    Path folder = plan.folder(anvil.settings().workspace());
    Scorecard card = new Scorecard(plan.worlds(), folder.resolve("worlds"));
    card.judge(judge(anvil, request, plan, context), anvil.settings().threads(), context);
    return ScorecardOutcome.write(plan.spec(), card.scores(), folder);
  }

  /** Looks at all pictures, unless that was done before; judges worlds as long as Anvil is open. */
  public static Scorecard.Judge judge(
      Anvil anvil, ScorecardRequest request, ScorecardPlan plan, RunContext context)
      throws IOException {
    Sentences sentences = new Sentences(texts -> sentences(anvil, texts));
    return new Judging(
        Bench.of(anvil, new Showroom(request.showroom()), plan, sentences, context), plan);
  }

  private static float[][] sentences(Anvil anvil, List<String> texts) {
    try (Lease<SentenceEncoder> encoder = anvil.networks().sentences()) {
      return encoder.get().encode(texts);
    }
  }
}
