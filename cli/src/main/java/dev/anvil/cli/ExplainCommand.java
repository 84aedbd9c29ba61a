package dev.anvil.cli;

import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.ExplainOutcome.Explanation;
import dev.anvil.engine.request.ExplainRequest;
import dev.anvil.inside.ConceptFold;
import dev.anvil.inside.Saliency;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = {
      "Explain the prediction of a picture by its elements (hiding parts of it)"
          + " and by the concepts behind the tags. Writes a heat map of each picture."
    })
final class ExplainCommand implements Callable<Integer> {
  private static final int SHOWN = 8;

  @Mixin Common common;

  @Parameters(arity = "1..*", paramLabel = "PICTURE", description = "Pictures, or ids of posts.")
  List<String> pictures;

  @Option(
      names = "--masks",
      paramLabel = "N",
      description = "Number of random occlusions (default: ${DEFAULT-VALUE}).")
  int masks = 300;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description = "Where heat maps go (default: explain in the workspace).")
  Optional<Path> output = Optional.empty();

  @Mixin ModelOption model;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the random numbers.")
  long seed = 1;

  @Override
  public Integer call() throws Exception {
    try (Anvil anvil = common.open()) {
      List<Explanation> explanations =
          common
              .run(anvil, new ExplainRequest(model.run, pictures, masks, output, seed))
              .explanations();
      StringBuilder text = new StringBuilder();
      explanations.forEach(e -> text.append(text(e)));
      common.print(
          explanations,
          text.append("In standard deviations of the target. This explains the model, not what")
              .append(" people would do (docs/baselines.md).")
              .toString());
      return 0;
    }
  }

  private static String text(Explanation e) {
    ConceptFold.Folded folded = e.prediction();
    List<List<String>> elements = new ArrayList<>();
    for (Saliency.OfElement element : e.elements()) {
      elements.add(
          List.of(
              "  " + element.label(),
              Tables.cell("%.0f %%", 100 * element.area()),
              EncoderTable.show(element.mean()),
              Tables.cell("%.0f %%", 100 * element.share()),
              Tables.cell("%+.2f", element.hidden())));
    }
    List<List<String>> concepts = new ArrayList<>();
    folded.parts().stream()
        .sorted(
            Comparator.comparingDouble((ConceptFold.Part p) -> Math.abs(p.contribution()))
                .reversed())
        .limit(SHOWN)
        .forEach(
            part ->
                concepts.add(
                    List.of(
                        "  " + BaselineTables.name(part.step().concept()),
                        Tables.cell("%+.2f", part.contribution()),
                        EncoderTable.show(part.step().size()))));
    concepts.add(List.of("  everything else", Tables.cell("%+.2f", folded.rest()), ""));
    return Tables.cell(
            "%s: %+.2f predicted, %+.2f on average; heat map in %s%n",
            e.picture(), folded.prediction(), folded.base(), e.heatMap())
        + Tables.text(
            List.of("  element", "area", "saliency [95 %]", "share", "score lost if hidden"),
            elements)
        + Tables.text(List.of("  concept", "contribution", "of a whole step [95 %]"), concepts);
  }
}
