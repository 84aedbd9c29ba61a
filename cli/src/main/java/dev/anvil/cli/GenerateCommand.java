package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.GenerateOutcome;
import dev.anvil.engine.request.GeneratePicturesRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "generate",
    description = {
      "Generate pictures from prompts with a Stable Diffusion pack.",
      "Example: anvil generate \"a red car in a forest\" --seeds 8 --output pictures",
      "Pictures of the same request that exist already are kept."
    })
final class GenerateCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(
      paramLabel = "PROMPT",
      arity = "1..*",
      description = "What to paint; may be repeated.")
  List<String> prompts;

  @Option(
      names = "--pack",
      paramLabel = "NAME",
      description = "Model pack to paint with (default: the first Stable Diffusion pack).")
  Optional<String> pack = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "Parameters such as steps=20, guidance=7.5, width=384, height=288, negative=TEXT.")
  Map<String, String> parameters = Map.of();

  @Option(names = "--seed", paramLabel = "N", description = "First seed of the noise (default: 1).")
  long seed = 1;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Number of pictures of each prompt, with seeds from --seed on.")
  int seeds = 1;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      required = true,
      description = "Folder of the PNG files; each contains its request as text.")
  Path output;

  @Override
  public Integer call() throws Exception {
    if (seeds < 1) {
      throw new InvalidInputException("--seeds", "found %d; expected at least 1".formatted(seeds));
    }
    GeneratePicturesRequest request =
        new GeneratePicturesRequest(
            prompts,
            pack,
            new LinkedHashMap<>(parameters),
            Path.of(""),
            LongStream.range(seed, seed + seeds).boxed().toList(),
            output);
    try (Anvil anvil = common.open()) {
      GenerateOutcome outcome = common.run(anvil, request);
      common.print(
          outcome,
          "Wrote %d pictures to %s, kept %d existing ones"
              .formatted(outcome.made(), output, outcome.kept()));
      return 0;
    }
  }
}
