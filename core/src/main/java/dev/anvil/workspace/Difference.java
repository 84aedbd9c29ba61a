package dev.anvil.workspace;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.store.ArtefactStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where what a run made is not what another run made.
 *
 * @param path name of the artefact, then the fields and indices in its JSON, such as {@code
 *     study/effects/0/relative/point}
 * @param was value in the first run
 * @param is value in the second run
 */
public record Difference(String path, String was, String is) {
  private static final String NOTHING = "nothing";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  public Difference {
    requireNonNull(path, "path is null");
    requireNonNull(was, "was is null");
    requireNonNull(is, "is is null");
  }

  /**
   * A run's artefacts.
   *
   * @param store that keeps them
   */
  public record Artefacts(ArtefactStore store, long run) {
    public Artefacts {
      requireNonNull(store, "store is null");
    }
  }

  /**
   * All differences of two runs' artefacts, by name: JSON by structure with exact numbers (the
   * order of an object's fields does not count), files by the SHA-256 of their bytes.
   */
  public static List<Difference> between(Artefacts was, Artefacts is) {
    TreeSet<String> names = new TreeSet<>(was.store().names(was.run()));
    names.addAll(is.store().names(is.run()));
    List<Difference> differences = new ArrayList<>();
    for (String name : names) {
      Optional<String> before = was.store().json(was.run(), name);
      Optional<String> after = is.store().json(is.run(), name);
      if (before.isPresent() && after.isPresent()) {
        differences.addAll(between(name, before.get(), after.get()));
      } else {
        String a = before.isPresent() ? "JSON" : blob(was, name);
        String b = after.isPresent() ? "JSON" : blob(is, name);
        if (!a.equals(b) || a.equals(NOTHING)) {
          differences.add(new Difference(name, a, b));
        }
      }
    }
    return List.copyOf(differences);
  }

  /**
   * All differences of two JSON texts; those of one that is no JSON are the texts.
   *
   * @param path what the differences' paths begin with
   */
  public static List<Difference> between(String path, String was, String is) {
    List<Difference> differences = new ArrayList<>();
    try {
      add(differences, path, JSON.readTree(was), JSON.readTree(is));
    } catch (JsonProcessingException e) {
      if (!was.equals(is)) {
        differences.add(new Difference(path, was, is));
      }
    }
    return List.copyOf(differences);
  }

  private static String blob(Artefacts artefacts, String name) {
    return artefacts
        .store()
        .contentHash(artefacts.run(), name)
        .map(hash -> "SHA-256 " + hash)
        .orElse(NOTHING);
  }

  private static void add(List<Difference> out, String path, JsonNode was, JsonNode is) {
    if (was.isObject() && is.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      was.fieldNames().forEachRemaining(names::add);
      is.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> add(out, path + "/" + name, was.path(name), is.path(name)));
    } else if (was.isArray() && is.isArray()) {
      for (int i = 0; i < Math.max(was.size(), is.size()); i++) {
        add(out, path + "/" + i, was.path(i), is.path(i));
      }
    } else if (!same(was, is)) {
      out.add(new Difference(path, text(was), text(is)));
    }
  }

  private static boolean same(JsonNode was, JsonNode is) {
    if (was.isNumber() && is.isNumber()) {
      return was.decimalValue().compareTo(is.decimalValue()) == 0;
    }
    return was.equals(is);
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() ? NOTHING : node.toString();
  }
}
