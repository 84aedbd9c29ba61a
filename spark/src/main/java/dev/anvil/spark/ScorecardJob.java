package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.InternalException;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyText;
import dev.anvil.lab.Showroom;
import dev.anvil.lab.scorecard.ScoreFile;
import dev.anvil.lab.scorecard.Scorecard;
import dev.anvil.lab.scorecard.ScorecardOutcome;
import dev.anvil.lab.scorecard.ScorecardPlan;
import dev.anvil.lab.scorecard.ScorecardPlan.World;
import dev.anvil.lab.scorecard.ScorecardRequest;
import dev.anvil.store.ResultStore;
import dev.anvil.workspace.FileTree;
import dev.anvil.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Has the worlds of a scorecard judged by executors, each whole, in one task. They get a copy of
 * the driver's workspace in which the pictures of all studies have been made.
 */
final class ScorecardJob {
  /** What the copy is called within its archive. */
  static final String WORKSPACE = "workspace";

  private final SparkAnvil anvil;
  private final Workspace workspace;
  private final Packs packs;
  private final CampaignSpread spread;

  ScorecardJob(SparkAnvil anvil, Workspace workspace, Packs packs, CampaignSpread spread) {
    this.anvil = requireNonNull(anvil, "anvil is null");
    this.workspace = requireNonNull(workspace, "workspace is null");
    this.packs = requireNonNull(packs, "packs is null");
    this.spread = requireNonNull(spread, "spread is null");
  }

  ScorecardOutcome run(ScorecardRequest request, ScorecardPlan plan, RunContext context)
      throws IOException {
    spread.resume();
    Path folder = plan.folder(workspace.folder());
    Scorecard card = new Scorecard(plan.worlds(), folder.resolve("worlds"));
    keep(card, plan);
    if (!card.pending().isEmpty()) {
      prepare(new Showroom(request.showroom()), plan, context);
      judge(card, request, plan, context);
    }
    return ScorecardOutcome.write(plan.spec(), card.scores(), folder);
  }

  /** Has everything done that does not differ from world to world. */
  private void prepare(Showroom showroom, ScorecardPlan plan, RunContext context)
      throws IOException {
    anvil.run(showroom.importing(), context);
    FitRequest fitting = showroom.fitting(plan.spec().encoder(), plan.spec().segmenter());
    long fit = anvil.run(fitting, context).run();
    for (StudyText study : plan.studies().values()) {
      StudyOnModel asked =
          new StudyOnModel(study, Optional.of(fit), Optional.of(fitting.segmenter()));
      anvil.pictures(asked, context);
    }
  }

  private void judge(
      Scorecard card, ScorecardRequest request, ScorecardPlan plan, RunContext context)
      throws IOException {
    String name = "anvil-workspace-" + plan.key();
    Path scratch = Files.createTempDirectory("anvil-scorecard");
    try {
      workspace.copyTo(scratch.resolve(WORKSPACE));
      anvil.send(name, scratch.resolve(WORKSPACE));
    } finally {
      FileTree.delete(scratch);
    }
    List<Item> items =
        card.pending().stream()
            .map(world -> Item.of(key(plan, world), world.name(), List.of()))
            .toList();
    spread.run("worlds", items, new WorldPiece(request.json(), name, packs), context);
    keep(card, plan);
    if (!card.pending().isEmpty()) {
      throw new InternalException(
          "worlds: %d were judged by nobody, the first %s; expected none"
              .formatted(card.pending().size(), card.pending().get(0).name()));
    }
  }

  /** Writes the files of worlds that executors have judged. */
  private void keep(Scorecard card, ScorecardPlan plan) throws IOException {
    ResultStore results = workspace.results();
    for (World world : card.pending()) {
      Optional<String> scores = results.get(WorldPiece.KIND, key(plan, world));
      if (scores.isPresent()) {
        card.keep(world, ScoreFile.parse(scores.get()));
      }
    }
  }

  private static String key(ScorecardPlan plan, World world) {
    return Sha256.of(plan.key() + " " + world.name());
  }
}
