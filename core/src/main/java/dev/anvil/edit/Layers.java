package dev.anvil.edit;

import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import java.util.List;

/** Masks made of elements and shapes. */
final class Layers {
  private Layers() {}

  /** Everything that stands before the background. */
  static Mask foreground(EditRequest request) {
    Mask mask = Mask.empty(request.source().width(), request.source().height());
    for (Element element : request.elements().elements()) {
      if (element.isThing()) {
        mask = mask.union(element.mask());
      }
    }
    return mask;
  }

  /** All elements of one label together, but for the one that the request is about. */
  static Mask others(EditRequest request, String label) {
    Mask mask = Mask.empty(request.source().width(), request.source().height());
    for (Element element : request.elements().elements()) {
      if (element.label().equals(label) && !element.mask().equals(request.mask())) {
        mask = mask.union(element.mask());
      }
    }
    return mask;
  }

  /** The elements that a request's mask is made of; the mask itself when it is one or none. */
  static List<Mask> parts(EditRequest request) {
    List<Mask> parts =
        request.elements().elements().stream()
            .filter(e -> !e.label().equals(Segmentation.BACKGROUND))
            .map(Element::mask)
            .filter(m -> m.bounds().isPresent() && m.union(request.mask()).equals(request.mask()))
            .toList();
    return parts.size() > 1 ? parts : List.of(request.mask());
  }

  /** 1 in the middle of a box, falling to 0 at the ellipse that fills it. */
  static Mask dome(Box box, int width, int height) {
    float[] out = new float[width * height];
    for (int y = 0; y < height; y++) {
      double v = 2 * (y + .5 - box.top()) / box.height() - 1;
      for (int x = 0; x < width; x++) {
        double u = 2 * (x + .5 - box.left()) / box.width() - 1;
        out[y * width + x] = (float) Math.max(0, 1 - u * u - v * v);
      }
    }
    return new Mask(width, height, out);
  }
}
