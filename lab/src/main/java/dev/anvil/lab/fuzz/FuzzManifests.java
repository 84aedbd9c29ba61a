package dev.anvil.lab.fuzz;

import dev.anvil.packs.ModelPack;

/** A pack's {@code pack.json}. */
public final class FuzzManifests {
  private FuzzManifests() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Scratch.read(ModelPack.MANIFEST, input, file -> ModelPack.open(file.getParent()));
  }
}
