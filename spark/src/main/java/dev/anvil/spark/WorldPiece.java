package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.edit.remote.Consent;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.AnvilSettings;
import dev.anvil.lab.scorecard.ScoreFile;
import dev.anvil.lab.scorecard.Scorecard;
import dev.anvil.lab.scorecard.ScorecardPlan;
import dev.anvil.lab.scorecard.ScorecardPlan.World;
import dev.anvil.lab.scorecard.ScorecardRequest;
import dev.anvil.lab.scorecard.ScorecardService;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Judges simulated worlds of a scorecard.
 *
 * @param request as JSON
 * @param workspace name of the archive with the driver's workspace, in which all pictures have been
 *     looked at
 * @param packs of the driver
 */
record WorldPiece(String request, String workspace, Packs packs) implements Piece {
  static final String KIND = "scorecard world";

  private static final long serialVersionUID = 1L;

  /** What worlds are judged with, once in each process. */
  private record Court(Map<String, World> worlds, Scorecard.Judge judge) {}

  private static final Map<WorldPiece, Court> COURTS = new HashMap<>();

  WorldPiece {
    requireNonNull(request, "request is null");
    requireNonNull(workspace, "workspace is null");
    requireNonNull(packs, "packs is null");
  }

  @Override
  public List<ItemProblem> work(List<Item> items, ExecutorParts parts) throws IOException {
    Court court = court(parts);
    for (Item item : items) {
      World world = court.worlds().get(item.json());
      parts
          .stores()
          .results()
          .put(KIND, item.key(), ScoreFile.text(court.judge().judge(world, parts.context())));
    }
    return List.of();
  }

  private Court court(ExecutorParts parts) throws IOException {
    synchronized (COURTS) {
      Court court = COURTS.get(this);
      if (court == null) {
        court = open(parts);
        COURTS.put(this, court);
      }
      return court;
    }
  }

  /** Reads what the driver has made; the engine stays open until the process ends. */
  private Court open(ExecutorParts parts) throws IOException {
    ScorecardRequest asked = ScorecardRequest.read(request, "request").orElseThrow();
    Anvil anvil =
        Anvil.open(
            new AnvilSettings(
                Archive.folder(workspace).resolve(ScorecardJob.WORKSPACE),
                List.of(packs.folder()),
                parts.context().threads(),
                1,
                Consent.NONE));
    ScorecardPlan plan = ScorecardPlan.read(asked, anvil.networks().packIds());
    return new Court(
        plan.worlds().stream().collect(Collectors.toMap(World::name, Function.identity())),
        ScorecardService.judge(anvil, asked, plan, parts.context()));
  }
}
