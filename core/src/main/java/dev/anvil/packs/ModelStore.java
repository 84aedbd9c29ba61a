package dev.anvil.packs;

import dev.anvil.InvalidInputException;
import dev.anvil.MissingPackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The model packs at hand: subfolders, with a manifest, of some folders.
 *
 * @param folders searched in this order, the bundled one first; one that does not exist is empty
 */
public record ModelStore(List<Path> folders) {
  public ModelStore {
    folders = List.copyOf(folders);
  }

  /**
   * Every pack's folder, sorted by name within each of the store's folders; a name is taken once.
   */
  public List<Path> list() throws IOException {
    Set<String> seen = new HashSet<>();
    List<Path> out = new ArrayList<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> packs = Files.list(folder)) {
          packs
              .filter(p -> Files.isRegularFile(p.resolve(ModelPack.MANIFEST)))
              .sorted()
              .filter(p -> seen.add(p.getFileName().toString()))
              .forEach(out::add);
        }
      }
    }
    return List.copyOf(out);
  }

  /**
   * Opens and checks a pack.
   *
   * @param name of the pack's folder
   * @throws MissingPackException when there is no such pack
   * @throws InvalidInputException when it is not sound
   */
  public ModelPack open(String name) throws IOException {
    List<Path> packs = list();
    for (Path pack : packs) {
      if (pack.getFileName().toString().equals(name)) {
        return ModelPack.open(pack);
      }
    }
    List<String> names = packs.stream().map(p -> p.getFileName().toString()).toList();
    throw new MissingPackException(
        name,
        "model pack",
        "found no \"%s\" in %s; expected one of %s".formatted(name, folders, names));
  }
}
