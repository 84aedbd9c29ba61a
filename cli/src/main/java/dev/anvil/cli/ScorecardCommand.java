package dev.anvil.cli;

import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.ask.SentenceEncoder;
import dev.anvil.campaign.Post;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.service.ModelView;
import dev.anvil.lab.scorecard.Bench;
import dev.anvil.lab.scorecard.Judging;
import dev.anvil.lab.scorecard.PowerBySize;
import dev.anvil.lab.scorecard.ScaledIntervals;
import dev.anvil.lab.scorecard.Score;
import dev.anvil.lab.scorecard.ScoreFile;
import dev.anvil.lab.scorecard.ScoreTables;
import dev.anvil.lab.scorecard.Scorecard;
import dev.anvil.lab.scorecard.ScorecardSpec;
import dev.anvil.lab.scorecard.Sentences;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.XgBoost;
import dev.anvil.showroom.Scene;
import dev.anvil.showroom.WorldSpec;
import dev.anvil.study.PreparedStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "scorecard",
    description = {
      "Simulate likes with known effects many times, and see which methods find the truth.",
      "Interrupted, it goes on where it was. docs/scorecard.md says how to read it."
    })
final class ScorecardCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(
      arity = "0..1",
      paramLabel = "SCORECARD",
      description = "Scorecard file (default: the showroom's).")
  Optional<Path> file = Optional.empty();

  @Option(
      names = "--worlds",
      paramLabel = "N",
      description = "Worlds of each scenario (default: as the file says).")
  Optional<Integer> worlds = Optional.empty();

  @Option(
      names = "--trees",
      description = "Score with early-stopped trees in place of ridge; takes hours.")
  boolean trees;

  @Option(
      names = "--groups",
      description =
          "Simulate campaigns of several accounts instead, and see whether effects within accounts"
              + " are found (docs/groups.md).")
  boolean groups;

  @Option(
      names = "--alarms",
      description =
          "Simulate residuals instead, with and without a drop, and see how often the alarms of anvil"
              + " monitor and of the usual rules are false (docs/monitoring.md).")
  boolean alarms;

  @Override
  public Integer call() throws Exception {
    if (alarms) {
      AlarmScore.print(common, worlds.orElse(200));
      return 0;
    }
    if (groups) {
      GroupsScore.print(common, worlds.orElse(50));
      return 0;
    }
    Path from = file.orElse(Showroom.scorecard());
    ScorecardSpec read = ScorecardSpec.read(from);
    ScorecardSpec spec = worlds.map(read::withWorlds).orElse(read);
    Path folder = from.toAbsolutePath().getParent();
    WorldSpec world = WorldSpec.read(folder.resolve(spec.world()));
    RunContext context = common.context();
    try (Anvil anvil = common.open();
        Lease<SentenceEncoder> sentences = anvil.networks().sentences()) {
      Trainer trainer = trees ? XgBoost.light(1, spec.seed()) : Ridge.chosen();
      String inputs =
          read.withWorlds(1)
              + texts(spec, folder)
              + Files.readString(folder.resolve(spec.world()))
              + trainer.name()
              + trainer.settings();
      Path out =
          anvil
              .settings()
              .workspace()
              .resolve("scorecards")
              .resolve(Sha256.of(inputs).substring(0, 12));
      Bench bench = bench(anvil, spec, folder, new Sentences(sentences.get()::encode), context);
      List<Score> scores =
          new Scorecard(new Judging(bench, world, trainer, spec)::judge, out.resolve("worlds"))
              .run(spec, common.threads, context);
      ScoreFile.write(scores, out.resolve("scores.csv"));
      ScoreTables.write(spec, scores, out);
      List<PowerBySize> power = PowerBySize.of(scores);
      List<PowerBySize> scaled = PowerBySize.of(ScaledIntervals.of(scores));
      common.print(
          Map.of(
              "folder",
              out.toString(),
              "summary",
              ScoreTables.rows(scores),
              "oracle",
              PowerBySize.ORACLE,
              "power",
              power,
              "powerAtEqualError",
              scaled),
          text(ScoreTables.rows(scores))
              + power("Power by size of the true effect", power)
              + power(
                  "The same with each method's intervals scaled to hold 95 % of the truths", scaled)
              + "\nScorecard: "
              + out.resolve("scorecard.html"));
      return 0;
    }
  }

  private static String text(List<ScoreTables.Row> rows) {
    Map<String, List<ScoreTables.Row>> parts = new LinkedHashMap<>();
    rows.forEach(row -> parts.computeIfAbsent(row.part(), p -> new ArrayList<>()).add(row));
    StringBuilder text = new StringBuilder();
    parts.forEach(
        (part, own) -> {
          List<String> heads = new ArrayList<>(List.of(part));
          heads.addAll(ScoreTables.cells(own.get(0)).keySet());
          List<List<String>> lines = new ArrayList<>();
          for (ScoreTables.Row row : own) {
            List<String> line = new ArrayList<>(List.of(row.method()));
            line.addAll(ScoreTables.cells(row).values());
            lines.add(line);
          }
          text.append(System.lineSeparator()).append(Tables.text(heads, lines));
        });
    return text.toString();
  }

  /** What the studies say: other studies are other worlds' scores. */
  private static String texts(ScorecardSpec spec, Path folder) throws IOException {
    StringBuilder texts = new StringBuilder();
    for (String study : spec.studies().values()) {
      texts.append(Files.readString(folder.resolve(study)));
    }
    return texts.toString();
  }

  private static String power(String title, List<PowerBySize> power) {
    List<List<String>> rows = ScoreTables.power(power);
    return """

        %s, and share of the oracle's (%s)
        """
            .formatted(title, PowerBySize.ORACLE)
        + Tables.text(rows.get(0), rows.subList(1, rows.size()));
  }

  private static Bench bench(
      Anvil anvil, ScorecardSpec spec, Path folder, Sentences sentences, RunContext context)
      throws IOException {
    try (ModelView view =
        anvil.view(
            Optional.of(Showroom.fit(anvil, spec.encoder(), spec.segmenter(), context).run()))) {
      List<Post> posts = view.campaign().posts();
      Map<String, PreparedStudy> studies = new LinkedHashMap<>();
      for (Map.Entry<String, String> study : spec.studies().entrySet()) {
        studies.put(
            study.getKey(),
            anvil.prepare(view, StudyText.read(folder.resolve(study.getValue())), context));
      }
      FittedModel.Description model = view.model().description();
      return new Bench(
          Scene.read(Showroom.scenes()).stream()
              .filter(Scene::isBase)
              .collect(
                  Collectors.toMap(
                      Scene::id, Function.identity(), (a, b) -> a, LinkedHashMap::new)),
          posts,
          view.posts(context).encode(posts, context),
          view.encoder().blocks(),
          anvil.hashes(posts, context),
          view.encoder().id(),
          model.subject(),
          model.columns().nuisance(),
          studies,
          sentences);
    }
  }
}
