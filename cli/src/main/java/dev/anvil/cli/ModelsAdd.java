package dev.anvil.cli;

import dev.anvil.packs.Installed;
import dev.anvil.packs.ModelFolder;
import dev.anvil.packs.PackAdder;
import dev.anvil.packs.PackKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    description = {
      "Add networks that are on this machine: a folder in the layout of Hugging"
          + " Face, optimum, diffusers or transformers.js, or one .onnx file. Networks"
          + " are recognised by their inputs and outputs.",
      "Example: anvil models add sd-turbo/ --licence stabilityai-community"
    })
final class ModelsAdd implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(paramLabel = "FOLDER", description = "Folder, or a file ending in .onnx.")
  Path source;

  @Option(names = "--name", paramLabel = "NAME", description = "Name of the pack.")
  String name;

  @Option(
      names = "--variant",
      paramLabel = "SUFFIX",
      description = "Precision to use if there are several, for example fp16.")
  String variant;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Kind of the pack if the networks fit several, for example mask2former.")
  String kind;

  @Option(
      names = "--licence",
      paramLabel = "NAME",
      description = "Licence, if the folder does not state it.")
  String licence;

  @Option(
      names = "--origin",
      paramLabel = "TEXT",
      description = "Origin of the weights, if the folder does not state it.")
  String origin;

  @Override
  public Integer call() throws IOException {
    String chosen = name == null ? PackAdder.nameOf(source) : name;
    OwnPacks.requireNotBundled(chosen);
    ModelFolder models = new ModelFolder(common.ownModels);
    Installed installed =
        new PackAdder(models)
            .add(
                source,
                new PackAdder.Request(
                    Optional.of(chosen),
                    Optional.ofNullable(variant),
                    Optional.ofNullable(kind).map(this::kind),
                    Optional.ofNullable(licence),
                    Optional.ofNullable(origin)),
                common.context());
    OwnPacks.requireUsable(installed, models);
    OwnPacks.print(common, "Added", installed);
    return 0;
  }

  private PackKind kind(String text) {
    return PackKind.of(text)
        .orElseThrow(
            () ->
                new ParameterException(
                    common.spec.commandLine(),
                    "--kind: found \"%s\"; expected one of %s".formatted(text, PackKind.names())));
  }
}
