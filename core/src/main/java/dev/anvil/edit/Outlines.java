package dev.anvil.edit;

import dev.anvil.InvalidInputException;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.PictureReader;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Outlines that an element may be given: silhouettes of vans for a van, of people for a person.
 * They are shown to a ControlNet of segments, which paints what has that outline.
 */
final class Outlines {
  private final List<Asset<Mask>> files;

  /**
   * Reads the outlines.
   *
   * @param files pictures with transparency; at least one
   * @throws InvalidInputException when all or nothing of one is transparent
   */
  Outlines(List<Path> files) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("found no outline; expected at least one");
    }
    this.files = Asset.readAll(files, Outlines::read);
  }

  /** What is opaque, cut close. */
  private static Mask read(String file, byte[] bytes) {
    Mask mask = PictureReader.DEFAULT.readCutout(file, bytes).mask();
    Box box =
        mask.bounds()
            .filter(b -> mask.coverage() < 1)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        file,
                        "found a picture that is %s; expected an outline: opaque where the element is, and transparent around it"
                            .formatted(mask.coverage() < 1 ? "transparent" : "opaque all over")));
    return mask.crop((int) box.left(), (int) box.top(), (int) box.width(), (int) box.height());
  }

  /** Names and digests, for provenance. */
  String describe() {
    return Asset.describe(files);
  }

  /**
   * The outline, mirrored or not, most like an element's once both fill one box, as wide as the
   * element and on the same line: of several views, the nearest, however low a car is.
   *
   * @param element not empty
   */
  Mask like(Mask element) {
    Box box = element.bounds().orElseThrow();
    int width = (int) box.width();
    int height = (int) box.height();
    Mask own = element.crop((int) box.left(), (int) box.top(), width, height);
    Mask view =
        views()
            .max(Comparator.comparingDouble(v -> v.resized(width, height).iou(own)))
            .orElseThrow();
    return laid(scaled(view, box.width() / view.width()), box, element);
  }

  /** One of the outlines at random, mirrored or not, of a height in pixels; cut close. */
  Mask any(double height, SplittableRandom random) {
    List<Mask> views = views().toList();
    Mask view = views.get(random.nextInt(views.size()));
    return scaled(view, height / view.height());
  }

  private Stream<Mask> views() {
    return files.stream().map(Asset::content).flatMap(mask -> Stream.of(mask, mask.mirrored()));
  }

  private static Mask scaled(Mask view, double scale) {
    return view.resized(
        Math.max(1, (int) Math.round(view.width() * scale)),
        Math.max(1, (int) Math.round(view.height() * scale)));
  }

  /**
   * An outline in the middle of a box and on its lower edge.
   *
   * @param outline cut close
   * @param like of the picture's size
   */
  static Mask laid(Mask outline, Box box, Mask like) {
    int left = (int) Math.round((box.left() + box.right() - outline.width()) / 2);
    int top = (int) Math.round(box.bottom()) - outline.height();
    return outline.placed(left, top, like.width(), like.height());
  }

  /**
   * What a picture's elements would be were one thing of another outline. What the old outline hid
   * becomes what is beside it.
   *
   * @param old where the thing is; {@link #things} finds it there
   * @param outline where it would be
   */
  static Segmentation replacing(Segmentation elements, Mask old, Mask outline) {
    List<Element> replaced = things(elements, old);
    List<Element> others =
        elements.elements().stream()
            .filter(e -> !e.label().equals(Segmentation.BACKGROUND) && !replaced.contains(e))
            .toList();
    int[] beside = beside(others, old);
    List<Element> grown = new ArrayList<>();
    for (int e = 0; e < others.size(); e++) {
      float[] alpha = others.get(e).mask().alpha().clone();
      for (int i = 0; i < alpha.length; i++) {
        alpha[i] = beside[i] == e ? 1 : alpha[i];
      }
      grown.add(with(others.get(e), new Mask(old.width(), old.height(), alpha)));
    }
    return adding(new Segmentation(grown), replaced.get(0).label(), outline);
  }

  /** What a picture's elements would be with one more, before all others. */
  static Segmentation adding(Segmentation elements, String label, Mask outline) {
    List<Element> out = new ArrayList<>();
    for (Element other : elements.elements()) {
      out.add(with(other, other.mask().minus(outline)));
    }
    Box box = outline.bounds().orElseGet(() -> new Box(0, 0, outline.width(), outline.height()));
    out.add(new Element(label, 1, box, outline));
    return new Segmentation(out);
  }

  private static Element with(Element element, Mask mask) {
    return new Element(
        element.label(), element.confidence(), element.box(), mask, element.isThing());
  }

  /** The things that are, or are parts of, what is at a place. */
  static List<Element> things(Segmentation elements, Mask place) {
    return elements.elements().stream()
        .filter(e -> e.isThing() && isWithin(e.mask(), place))
        .toList();
  }

  private static boolean isWithin(Mask element, Mask place) {
    double covers = element.coverage();
    return covers > 0 && element.intersection(place).coverage() > .5 * covers;
  }

  /**
   * For each pixel of a place, the index of the stuff nearest in its row, else of that of the row
   * above; -1 elsewhere and where there is none.
   */
  private static int[] beside(List<Element> others, Mask place) {
    int w = place.width();
    int[] seen = stuff(others, place);
    int[] out = new int[seen.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = -1;
      if (place.get(i % w, i / w) > .5f) {
        int nearest = nearest(seen, i, w);
        out[i] = nearest >= 0 || i < w ? nearest : out[i - w];
      }
    }
    return out;
  }

  /** For each pixel outside a place, the index of its stuff; -1 where there is none. */
  private static int[] stuff(List<Element> others, Mask place) {
    int[] out = new int[place.width() * place.height()];
    for (int i = 0; i < out.length; i++) {
      out[i] = -1;
      int x = i % place.width();
      int y = i / place.width();
      for (int e = 0; e < others.size() && place.get(x, y) <= .5f; e++) {
        boolean covers = !others.get(e).isThing() && others.get(e).mask().get(x, y) > .5f;
        out[i] = covers ? e : out[i];
      }
    }
    return out;
  }

  private static int nearest(int[] seen, int at, int width) {
    int x = at % width;
    for (int step = 1; step < width; step++) {
      if (x - step >= 0 && seen[at - step] >= 0) {
        return seen[at - step];
      }
      if (x + step < width && seen[at + step] >= 0) {
        return seen[at + step];
      }
    }
    return -1;
  }
}
