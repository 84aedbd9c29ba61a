package dev.anvil.packs;

import dev.anvil.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The packs that can be had.
 *
 * @param entries each name once
 */
public record Catalogue(List<CatalogueEntry> entries) {
  private static final String BUNDLED = "catalogue.yaml";

  public Catalogue {
    entries = List.copyOf(entries);
  }

  /** The catalogue that comes with Anvil. */
  public static Catalogue bundled() {
    try (InputStream in = Catalogue.class.getResourceAsStream(BUNDLED)) {
      return CatalogueReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), BUNDLED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a catalogue of one's own, YAML in the form of the bundled one.
   *
   * @throws InvalidInputException with everything that is wrong with it
   */
  public static Catalogue read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(file.toString(), "found no such file; expected a catalogue");
    }
    return CatalogueReader.read(Files.readString(file), file.toString());
  }

  /** Both; an entry of the other one takes the place of one with the same name. */
  public Catalogue with(Catalogue other) {
    Map<String, CatalogueEntry> byName = new LinkedHashMap<>();
    entries.forEach(e -> byName.put(e.name(), e));
    other.entries.forEach(e -> byName.put(e.name(), e));
    Collection<CatalogueEntry> all = byName.values();
    return new Catalogue(new ArrayList<>(all));
  }

  /**
   * The entry of a name.
   *
   * @throws InvalidInputException when there is none
   */
  public CatalogueEntry get(String name) {
    return entries.stream()
        .filter(e -> e.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "catalogue",
                    "found no \"%s\"; expected one of %s"
                        .formatted(name, entries.stream().map(CatalogueEntry::name).toList())));
  }
}
