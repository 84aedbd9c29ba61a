package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.engine.network.OutputCheck;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.Installed;
import dev.anvil.packs.ModelFolder;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackManifest.PackFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the commands that change the user's model folder have in common. */
final class OwnPacks {
  private OwnPacks() {}

  /** A bundled pack is found first, so that another one of its name would never be used. */
  static void requireNotBundled(String name) throws IOException {
    for (Path folder : Common.bundledModels().list()) {
      if (folder.getFileName().toString().equals(name)) {
        throw new InvalidInputException(
            name, "is the name of a bundled pack; expected another name");
      }
    }
  }

  /**
   * Takes a pack away again whose networks give what cannot be used.
   *
   * @throws InvalidInputException with what is wrong
   */
  static void requireUsable(Installed installed, ModelFolder models) throws IOException {
    List<Problem> problems = OutputCheck.problems(installed.pack());
    if (!problems.isEmpty()) {
      models.remove(installed.pack().manifest().name());
      throw new InvalidInputException(problems);
    }
  }

  /** Prints what a pack takes and gives, and what a person should know of it. */
  static void print(Common common, String done, Installed installed) throws IOException {
    ModelPack pack = installed.pack();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %s: %s, licence %s, in %s"
            .formatted(
                done,
                pack.manifest().name(),
                pack.manifest().kind().text(),
                pack.manifest().licence(),
                pack.folder()));
    for (PackFile file : pack.manifest().files()) {
      if (!file.inputs().isEmpty()) {
        lines.add("  " + network(file.role(), file.file(), file.inputs(), file.outputs()));
      }
    }
    installed.notes().forEach(note -> lines.add("  note: " + note));
    common.print(
        Map.of("pack", pack.manifest(), "folder", pack.folder(), "notes", installed.notes()),
        String.join("\n", lines));
  }

  static String network(
      String role, String file, List<TensorSpec> inputs, List<TensorSpec> outputs) {
    return "%s (%s): %s to %s"
        .formatted(role, file, TensorSpec.describe(inputs), TensorSpec.describe(outputs));
  }
}
