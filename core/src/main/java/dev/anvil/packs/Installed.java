package dev.anvil.packs;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A pack that is in the store now.
 *
 * @param notes what a person should know: hashes that nobody published, files left out
 */
public record Installed(ModelPack pack, List<String> notes) {
  public Installed {
    requireNonNull(pack, "pack is null");
    notes = List.copyOf(notes);
  }
}
