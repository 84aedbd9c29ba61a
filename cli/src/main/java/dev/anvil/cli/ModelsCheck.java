package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.edit.remote.Consent;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.network.Networks;
import dev.anvil.engine.network.OutputCheck;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.lab.acceptance.Acceptance;
import dev.anvil.lab.acceptance.AcceptanceRunner;
import dev.anvil.lab.benchmark.EncoderBenchmark;
import dev.anvil.packs.PackCheck;
import dev.anvil.packs.PackCheck.OpenedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description =
        "Hash every file, open every network, print its inputs and outputs, and"
            + " compare with published values.")
final class ModelsCheck implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "Packs to check (default: all).")
  List<String> names = List.of();

  @Option(
      names = "--pictures",
      paramLabel = "FOLDER",
      description =
          "Folder with the sample pictures of published values; docs/models.md names them.")
  Path pictures;

  @Option(
      names = "--speed",
      paramLabel = "PICTURE",
      arity = "1..*",
      description =
          "Measure on these pictures how fast the first pack named (default: the"
              + " bundled one) computes embeddings from files, and by inference alone.")
  List<Path> speed = List.of();

  @Override
  public Integer call() throws IOException {
    Map<String, Object> result = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    List<PackCheck> checks = new ArrayList<>();
    List<Acceptance> values = new ArrayList<>();
    AcceptanceRunner runner = new AcceptanceRunner(Optional.ofNullable(pictures));
    for (Path folder : folders()) {
      PackCheck check = tried(PackCheck.of(folder));
      checks.add(check);
      describe(check, lines);
      if (check.sound()) {
        values.addAll(runner.run(check.pack().orElseThrow()));
      }
    }
    values.forEach(value -> lines.add(value.toString()));
    result.put("packs", checks);
    result.put("values", values);
    if (!speed.isEmpty()) {
      EncoderBenchmark measured = measure();
      result.put("speed", measured);
      lines.add(
          String.format(
              Locale.ROOT,
              "%d pictures: %.1f a second from files, %.1f inference alone, ratio %.2f",
              measured.pictures(),
              measured.whole(),
              measured.inference(),
              measured.ratio()));
    }
    common.print(result, String.join("\n", lines));
    boolean sound = checks.stream().allMatch(PackCheck::sound);
    return sound && values.stream().noneMatch(Acceptance::failed) ? 0 : Main.INVALID_INPUT;
  }

  /** A pack that is sound as a file may still give what cannot be used. */
  private static PackCheck tried(PackCheck check) throws IOException {
    return check.sound()
        ? new PackCheck(
            check.name(),
            check.pack(),
            check.networks(),
            OutputCheck.problems(check.pack().orElseThrow()))
        : check;
  }

  private List<Path> folders() throws IOException {
    List<Path> all = common.models().list();
    if (names.isEmpty()) {
      return all;
    }
    List<Path> out = new ArrayList<>();
    for (String name : names) {
      out.add(
          all.stream()
              .filter(p -> p.getFileName().toString().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          name,
                          "found no such pack; expected one of "
                              + all.stream().map(Path::getFileName).toList())));
    }
    return out;
  }

  private static void describe(PackCheck check, List<String> lines) {
    for (OpenedNetwork network : check.networks()) {
      lines.add(
          "%s %s"
              .formatted(
                  check.name(),
                  OwnPacks.network(
                      network.role() + ": sound",
                      network.file(),
                      network.inputs(),
                      network.outputs())));
    }
    check.problems().forEach(p -> lines.add("%s: wrong: %s".formatted(check.name(), p)));
  }

  private EncoderBenchmark measure() throws IOException {
    EncoderChoice choice =
        names.stream().findFirst().map(EncoderChoice::parse).orElse(EncoderChoice.BUNDLED);
    try (Networks networks = new Networks(common.models(), common.threads, Consent.NONE);
        Lease<Encoder> encoder = networks.encoder(choice)) {
      return EncoderBenchmark.measure(
          encoder.get(),
          speed,
          new EncodingPipeline.Settings(common.threads, common.threads, 8),
          3,
          common.context());
    }
  }
}
