package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import java.util.Map;
import java.util.Optional;

/** Takes an element away and continues what surrounds it over its place. */
public final class Remove implements Editor {
  /** Parameter: {@code pack} of inpainting, else it fills with pieces of the surroundings. */
  static final EditorKind KIND =
      EditorKind.of(
          "remove",
          (given, editors) -> {
            Optional<String> pack = given.optionalText("pack", ".+", "a model pack of inpainting");
            given.check();
            return pack.map(p -> new Remove(editors.inpainter(p))).orElseGet(Remove::new);
          });

  private final HoleFill fill;
  private final Map<String, String> parameters;

  /** Fills with pieces of the surroundings. */
  public Remove() {
    this(Remove::patched, Map.of());
  }

  /** Fills with what a network imagines. */
  Remove(Inpainter network) {
    this(network, Map.of("pack", network.pack()));
  }

  private Remove(HoleFill fill, Map<String, String> parameters) {
    this.fill = requireNonNull(fill, "fill is null");
    this.parameters = Map.copyOf(parameters);
  }

  @Override
  public String name() {
    return "remove";
  }

  @Override
  public Map<String, String> parameters() {
    return parameters;
  }

  @Override
  public Optional<Removal> removal(EditRequest request) {
    return Removal.of(request);
  }

  @Override
  public Edited edit(EditRequest request, RunContext context) {
    return remove(
        request.source(), request.mask(), Seeds.derive(request.seed(), "remove"), fill, context);
  }

  /** Fills the mask and a margin for its soft edge with pieces of the surroundings. */
  static Edited remove(Picture source, Mask mask, long seed, RunContext context) {
    return remove(source, mask, seed, Remove::patched, context);
  }

  private static Edited remove(
      Picture source, Mask mask, long seed, HoleFill fill, RunContext context) {
    double margin = Math.max(2, .006 * Math.max(source.width(), source.height()));
    Mask hole = mask.dilated(margin);
    if (mask.bounds().isEmpty() || hole.coverage() > .999) {
      return new Edited(source, Mask.empty(source.width(), source.height()));
    }
    Picture filled = fill.fill(source, hole, hole.bounds().orElseThrow(), seed, context);
    return PasteBack.paste(source, filled, hole.feathered((int) margin).intersection(hole));
  }

  private static Picture patched(
      Picture source, Mask hole, Box bounds, long seed, RunContext context) {
    Box around = surroundings(bounds, source);
    int left = (int) around.left();
    int top = (int) around.top();
    Picture part = source.crop(left, top, (int) around.width(), (int) around.height());
    Mask open = hole.crop(left, top, part.width(), part.height());
    return source.with(PatchFill.fill(part, open, seed, context), left, top);
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
