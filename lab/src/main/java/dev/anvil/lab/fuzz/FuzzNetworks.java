package dev.anvil.lab.fuzz;

import dev.anvil.RunContext;
import dev.anvil.packs.ModelFolder;
import dev.anvil.packs.PackAdder;

/** ONNX, as a pack is added: our own reading of protobuf, then ONNX Runtime's. */
public final class FuzzNetworks {
  private FuzzNetworks() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Scratch.read(
        "network.onnx",
        input,
        file ->
            new PackAdder(new ModelFolder(file.resolveSibling("models")))
                .add(file, PackAdder.Request.DEFAULT, RunContext.NONE));
  }
}
