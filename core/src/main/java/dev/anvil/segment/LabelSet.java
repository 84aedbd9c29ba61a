package dev.anvil.segment;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The classes that a network was trained on. Three published sets are at hand, read from tables
 * beside this class (docs/model-contracts.md section 4.11, Appendices A to C).
 *
 * @param name for example {@code ADE20K}
 * @param labels by id, without gaps
 */
public record LabelSet(String name, List<Label> labels) {
  /** 150 classes, 100 of them things, with the palette that ControlNet was trained on. */
  public static final LabelSet ADE20K = read("ADE20K", "ade20k-150.tsv");

  /** COCO panoptic: 133 classes, the first 80 of them things; without a palette. */
  public static final LabelSet COCO = read("COCO", "coco-133.tsv");

  /** 19 classes of street scenes. */
  public static final LabelSet CITYSCAPES = read("Cityscapes", "cityscapes-19.tsv");

  /** The published sets. */
  public static final List<LabelSet> PUBLISHED = List.of(ADE20K, COCO, CITYSCAPES);

  public LabelSet {
    requireNonNull(name, "name is null");
    labels = List.copyOf(labels);
    for (int id = 0; id < labels.size(); id++) {
      if (labels.get(id).id() != id) {
        throw new IllegalArgumentException(
            "%s: found id %d; expected %d".formatted(name, labels.get(id).id(), id));
      }
    }
  }

  /** The published set of so many classes, empty when there is none. */
  public static Optional<LabelSet> ofSize(int classes) {
    return PUBLISHED.stream().filter(s -> s.size() == classes).findFirst();
  }

  /** Number of classes. */
  public int size() {
    return labels.size();
  }

  /** The class of an id, empty when there is none. */
  public Optional<Label> byId(int id) {
    return id >= 0 && id < labels.size() ? Optional.of(labels.get(id)) : Optional.empty();
  }

  /** The class of that name in either spelling, in any case; empty when there is none. */
  public Optional<Label> byName(String spelling) {
    String lower = spelling.strip().toLowerCase(Locale.ROOT);
    return labels.stream().filter(l -> l.isCalled(lower)).findFirst();
  }

  /** The class of an id in the data set's own files, empty when there is none. */
  public Optional<Label> byRaw(int raw) {
    return labels.stream().filter(l -> l.raw() == raw).findFirst();
  }

  private static LabelSet read(String name, String table) {
    List<Label> labels = new ArrayList<>();
    try (InputStream in = LabelSet.class.getResourceAsStream(table)) {
      String text = new String(requireNonNull(in, table).readAllBytes(), StandardCharsets.UTF_8);
      text.lines().filter(l -> !l.startsWith("#")).skip(1).forEach(l -> labels.add(label(l)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new LabelSet(name, labels);
  }

  private static Label label(String line) {
    String[] cells = line.split("\t", -1);
    int id = Integer.parseInt(cells[0]);
    return new Label(
        id,
        cells[1],
        Optional.of(cells[2]).filter(o -> !o.isEmpty()),
        cells[3].equals("thing"),
        cells[4].isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.decode(cells[4])),
        cells.length > 5 ? Integer.parseInt(cells[5]) : id);
  }
}
