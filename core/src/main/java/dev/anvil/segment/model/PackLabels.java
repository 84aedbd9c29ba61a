package dev.anvil.segment.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.InvalidInputException;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackKind;
import dev.anvil.segment.Label;
import dev.anvil.segment.LabelSet;
import dev.anvil.text.Documents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The names of a pack's classes: those of {@code id2label} in its {@code config.json}, else of its
 * manifest, else of the published set of as many classes (docs/model-contracts.md section 4.11).
 *
 * @param source which file names them
 * @param names by id, as far as they are known
 * @param isRaw whether ids are COCO's own, which have gaps, as DETR's are
 */
record PackLabels(String source, Map<Integer, String> names, boolean isRaw) {
  private static final String CONFIG = "config.json";

  /** What exporters write where they know no name. */
  private static final Pattern NO_NAME = Pattern.compile("label_\\d+|n/a|unused|");

  PackLabels {
    names = Map.copyOf(names);
  }

  static PackLabels of(ModelPack pack) throws IOException {
    boolean isRaw = pack.manifest().kind() == PackKind.DETR;
    Optional<Path> config = pack.resource(CONFIG);
    if (config.isPresent()) {
      Map<Integer, String> names = read(config.get());
      if (!names.isEmpty()) {
        return new PackLabels(config.get() + " id2label", names, isRaw);
      }
    }
    Map<Integer, String> names = new TreeMap<>();
    List<Optional<String>> labels = pack.manifest().labels();
    for (int id = 0; id < labels.size(); id++) {
      names.put(id, labels.get(id).orElse(""));
    }
    return new PackLabels(pack.folder().resolve(ModelPack.MANIFEST) + " labels", names, isRaw);
  }

  private static Map<Integer, String> read(Path config) throws IOException {
    Map<Integer, String> names = new TreeMap<>();
    JsonNode labels = Documents.json(config, "the network's configuration").path("id2label");
    try {
      for (Map.Entry<String, JsonNode> label : labels.properties()) {
        names.put(Integer.valueOf(label.getKey()), label.getValue().asText());
      }
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          config + " id2label",
          "found what cannot be read (%s); expected names by whole number"
              .formatted(e.getMessage()));
    }
    return names;
  }

  /**
   * The classes of a network.
   *
   * @param classes how many it tells apart, "nothing" not counted
   * @param where the network, for what is amiss
   * @throws InvalidInputException when the names are of another number of classes
   */
  LabelSet ofSize(int classes, String where) {
    boolean fits =
        isRaw ? names.keySet().stream().allMatch(id -> id < classes) : names.size() == classes;
    if (!names.isEmpty() && !fits) {
      throw new InvalidInputException(
          where,
          "found %d classes; expected %d, as %s names".formatted(classes, names.size(), source));
    }
    Optional<LabelSet> published = LabelSet.ofSize(classes);
    List<Label> labels = new ArrayList<>();
    for (int id = 0; id < classes; id++) {
      labels.add(label(id, known(id, published)));
    }
    return new LabelSet(source, labels);
  }

  private Optional<Label> known(int id, Optional<LabelSet> published) {
    return isRaw ? LabelSet.COCO.byRaw(id) : published.flatMap(p -> p.byId(id));
  }

  private Label label(int id, Optional<Label> known) {
    String given = first(names.getOrDefault(id, ""));
    String name =
        NO_NAME.matcher(given).matches() ? known.map(Label::name).orElse("class " + id) : given;
    return known
        .filter(k -> k.isCalled(name))
        .map(k -> new Label(id, name, k.other(), k.isThing(), k.colour(), k.raw()))
        .orElseGet(
            () -> new Label(id, name, Optional.empty(), isThing(name), OptionalInt.empty(), id));
  }

  private static String first(String name) {
    int comma = name.indexOf(',');
    return (comma < 0 ? name : name.substring(0, comma)).strip().toLowerCase(Locale.ROOT);
  }

  /** As a published set has it; what none knows is a thing. */
  private static boolean isThing(String name) {
    return LabelSet.PUBLISHED.stream()
        .flatMap(s -> s.byName(name).stream())
        .findFirst()
        .map(Label::isThing)
        .orElse(true);
  }
}
