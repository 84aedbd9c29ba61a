package dev.anvil.app;

import dev.anvil.encode.EncoderBenchmark;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.encode.PackEncoder;
import dev.anvil.onnx.ModelPack;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.PackManifest.PackFile;
import dev.anvil.onnx.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "models",
    description = "The model packs that Anvil can use.",
    subcommands = {ModelsCommand.ListPacks.class, ModelsCommand.Check.class})
final class ModelsCommand {
  private ModelsCommand() {}

  @Command(name = "list", description = "List the packs with licence and origin.")
  static final class ListPacks implements Callable<Integer> {
    @Mixin Common common;

    @Override
    public Integer call() throws IOException {
      List<Object> packs = new ArrayList<>();
      List<String> lines = new ArrayList<>();
      for (Path folder : Session.models().list()) {
        ModelPack pack = ModelPack.open(folder);
        packs.add(pack.manifest());
        lines.add(
            "%s (%s), from %s"
                .formatted(pack.id(), pack.manifest().licence(), pack.manifest().origin()));
      }
      common.print(packs, String.join("\n", lines));
      return 0;
    }
  }

  @Command(
      name = "check",
      description = "Check every file's hash, open every network and compare it with its manifest.")
  static final class Check implements Callable<Integer> {
    @Mixin Common common;

    @Option(
        names = "--speed",
        paramLabel = "PICTURE",
        arity = "1..*",
        description =
            "Measure on these pictures how fast files become embeddings, beside inference alone.")
    List<Path> speed = List.of();

    @Override
    public Integer call() throws IOException {
      List<Object> opened = new ArrayList<>();
      List<String> lines = new ArrayList<>();
      for (Path folder : Session.models().list()) {
        ModelPack pack = ModelPack.open(folder);
        for (PackFile file : pack.manifest().files()) {
          OnnxNetwork.open(pack, file.role(), 1).close();
          opened.add(Map.of("pack", pack.id(), "role", file.role(), "file", file.file()));
          lines.add(
              "%s %s: sound; %s to %s"
                  .formatted(pack.id(), file.role(), names(file.inputs()), names(file.outputs())));
        }
      }
      if (!speed.isEmpty()) {
        EncoderBenchmark measured = measure();
        opened.add(measured);
        lines.add(
            String.format(
                Locale.ROOT,
                "%d pictures: %.1f a second from files, %.1f inference alone, ratio %.2f",
                measured.pictures(),
                measured.whole(),
                measured.inference(),
                measured.ratio()));
      }
      common.print(opened, String.join("\n", lines));
      return 0;
    }

    private EncoderBenchmark measure() throws IOException {
      try (PackEncoder encoder = PackEncoder.open(Session.models().open(Session.PACK), 1)) {
        return EncoderBenchmark.measure(
            encoder,
            speed,
            new EncodingPipeline.Settings(common.threads, common.threads, 8),
            3,
            common.progress());
      }
    }

    private static List<String> names(List<TensorSpec> tensors) {
      return tensors.stream().map(t -> t.name() + " " + t.type() + t.shape()).toList();
    }
  }
}
