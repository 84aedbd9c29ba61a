package dev.anvil.edit;

import dev.anvil.Seeds;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import java.util.Map;
import java.util.Optional;

/** Takes an element away and continues what surrounds it over its place. */
public final class Remove implements Editor {
  @Override
  public String name() {
    return "remove";
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of();
  }

  @Override
  public Edited edit(EditRequest request) {
    return remove(request.source(), request.mask(), Seeds.derive(request.seed(), "remove"));
  }

  /** Fills the mask and a margin for its soft edge. */
  static Edited remove(Picture source, Mask mask, long seed) {
    double margin = Math.max(2, .006 * Math.max(source.width(), source.height()));
    Mask hole = mask.dilated(margin);
    Optional<Box> bounds = hole.bounds();
    if (mask.bounds().isEmpty() || hole.coverage() > .999) {
      return new Edited(source, Mask.empty(source.width(), source.height()));
    }
    Box around = surroundings(bounds.orElseThrow(), source);
    int left = (int) around.left();
    int top = (int) around.top();
    Picture part = source.crop(left, top, (int) around.width(), (int) around.height());
    Mask open = hole.crop(left, top, part.width(), part.height());
    Picture filled = source.with(PatchFill.fill(part, open, seed), left, top);
    return PasteBack.paste(source, filled, hole.feathered((int) margin).intersection(hole));
  }

  /** Far enough around the hole to find what belongs there. */
  private static Box surroundings(Box hole, Picture source) {
    double reach = Math.max(24, .8 * Math.max(hole.width(), hole.height()));
    return new Box(
        Math.max(0, Math.floor(hole.left() - reach)),
        Math.max(0, Math.floor(hole.top() - reach)),
        Math.min(source.width(), Math.ceil(hole.right() + reach)),
        Math.min(source.height(), Math.ceil(hole.bottom() + reach)));
  }
}
