package dev.anvil.app;

import dev.anvil.onnx.ModelPack;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.PackManifest.PackFile;
import dev.anvil.onnx.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
      common.print(opened, String.join("\n", lines));
      return 0;
    }

    private static List<String> names(List<TensorSpec> tensors) {
      return tensors.stream().map(t -> t.name() + " " + t.type() + t.shape()).toList();
    }
  }
}
