package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.diffusion.Condition;
import dev.anvil.diffusion.Control;
import dev.anvil.diffusion.ControlNet;
import dev.anvil.diffusion.DepthNetwork;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.Size;
import dev.anvil.segment.Segmentation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A ControlNet and what its condition is drawn from (docs/model-contracts.md section 6.4).
 *
 * @param network empty for a pack that has its ControlNets inside
 * @param depth for {@link Kind#DEPTH} only
 */
record DiffusionControl(
    Kind kind,
    Optional<ControlNet> network,
    Optional<DepthNetwork> depth,
    double scale,
    double from,
    double to) {
  /** What a condition shows. */
  enum Kind {
    /** The elements in the colours of ADE20K. */
    SEG,
    /** Edges. */
    CANNY,
    /** How near each pixel is. */
    DEPTH,
    /** The picture without what is painted anew. */
    INPAINT;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(String text) {
      return Arrays.stream(values()).filter(k -> k.text().equals(text)).findFirst();
    }

    static List<String> names() {
      return Arrays.stream(values()).map(Kind::text).toList();
    }
  }

  DiffusionControl {
    requireNonNull(kind, "kind is null");
    requireNonNull(network, "network is null");
    requireNonNull(depth, "depth is null");
  }

  /** The condition of a part of a picture, at the size that is worked on. */
  Control control(Picture part, Segmentation elements, Mask mask, Size size, RunContext context) {
    int w = size.width();
    int h = size.height();
    Condition condition =
        switch (kind) {
          case SEG -> Condition.segments(elements, w, h);
          case CANNY -> Condition.edges(part, w, h);
          case DEPTH -> Condition.depth(depth.orElseThrow(), part, w, h, context);
          case INPAINT -> Condition.inpaint(part, mask, w, h);
        };
    return new Control(network, condition, scale, from, to);
  }

  /** All of it, for provenance. */
  String describe() {
    return "%s %s%s scale %s from %s to %s"
        .formatted(
            kind.text(),
            network.map(ControlNet::id).orElse("inside"),
            depth.map(d -> " by " + d.id()).orElse(""),
            scale,
            from,
            to);
  }
}
