package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.diffusion.Control;
import dev.anvil.diffusion.DiffusionRequest;
import dev.anvil.diffusion.DiffusionRequest.Source;
import dev.anvil.diffusion.Generated;
import dev.anvil.diffusion.LatentDiffusion;
import dev.anvil.diffusion.Recipe;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PilResize;
import dev.anvil.image.Size;
import dev.anvil.packs.PackKind;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Paints an element anew after a prompt, by latent diffusion, and lays it over the source with a
 * soft edge, so that everything else stays as it was to the byte.
 */
public final class DiffusionEditor implements Editor {
  /**
   * Parameters: {@code pack}, {@code prompt}, {@code negative}, {@code steps}, {@code guidance} and
   * {@code scheduler} (the pack's), {@code guess} (false), {@code control} (a list of {@code pack},
   * {@code kind} of seg, canny, depth or inpaint, {@code depth} with the pack for that kind, {@code
   * scale} (1), {@code from} (0), {@code to} (1)), {@code null_prompt} (a photo), {@code strength}
   * (1), {@code size} (512), {@code crop} (-1 for none), {@code dilate} (8), {@code feather} (8),
   * {@code hole} ({@code outline}, or {@code box}: the element's bounding box, so that its outline
   * does not say what shape is to be painted), {@code position} (A to H: what is painted is where a
   * person stands there beside the element or, at E to G, behind it, see {@link Placement}; the
   * element itself where it is left out), {@code outlines} (pictures with transparency: what is
   * painted gets one of their outlines, by a control of kind seg).
   */
  static final EditorKind KIND =
      new EditorKind() {
        @Override
        public String name() {
          return NAME;
        }

        @Override
        public Optional<PackKind> pack() {
          return Optional.of(PackKind.STABLE_DIFFUSION);
        }

        @Override
        public boolean isGenerative() {
          return true;
        }

        @Override
        public Editor create(Parameters given, Editors editors) {
          return editors.diffusions().editor(given);
        }

        @Override
        public Optional<Shown> shows(Map<String, Object> parameters) {
          return Optional.ofNullable(parameters.get(POSITION))
              .map(place -> new Shown.Figure(InsertCutout.PERSON, place.toString()));
        }
      };

  static final String NAME = "diffusion";
  static final String POSITION = "position";

  /** What of an element is painted anew. */
  enum Hole {
    OUTLINE,
    BOX;

    /** As it is written in studies. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final String OUTLINES = "outlines";
  private static final String NOTHING_WITH_AN_OUTLINE =
      "the segmenter found no thing here that could have another outline";
  private static final String SEVERAL_WITH_AN_OUTLINE =
      "%d elements were to have another outline; to change the largest one only, begin the element's labels with largest";
  private static final String NO_ROOM = "the place beside the element is outside the picture";
  private static final int MULTIPLE = 8;
  private static final int LEAST = 64;

  /**
   * How a picture is shown to the networks and laid back.
   *
   * @param nullPrompt what the element is without the change, for the control
   * @param strength how far to go from the source, above 0; 1 keeps nothing of the element
   * @param size longer side that is worked on, in pixels, where the networks leave it free
   * @param crop padding in the source's pixels of the part around the element that is worked on;
   *     empty for the whole picture
   * @param dilate pixels by which the element is widened, of the size that is worked on
   * @param feather width of the soft edge, in pixels of the size that is worked on
   * @param hole what of the element is painted
   * @param position where a person is painted beside the element; empty for the element itself
   * @param outlines of which what is painted gets one; empty where the prompt is to tell its shape
   */
  record Handling(
      String nullPrompt,
      double strength,
      int size,
      Optional<Integer> crop,
      int dilate,
      int feather,
      Hole hole,
      Optional<Placement> position,
      Optional<Outlines> outlines) {
    Handling {
      requireNonNull(nullPrompt, "nullPrompt is null");
      requireNonNull(hole, "hole is null");
      requireNonNull(position, "position is null");
      requireNonNull(crop, "crop is null");
      requireNonNull(outlines, "outlines is null");
    }

    /** The same for the element as it is. */
    Handling withoutOutlines() {
      return new Handling(
          nullPrompt, strength, size, crop, dilate, feather, hole, position, Optional.empty());
    }
  }

  private final LatentDiffusion diffusion;
  private final Recipe recipe;
  private final List<DiffusionControl> controls;
  private final Handling handling;

  DiffusionEditor(
      LatentDiffusion diffusion,
      Recipe recipe,
      List<DiffusionControl> controls,
      Handling handling) {
    this.diffusion = requireNonNull(diffusion, "diffusion is null");
    this.recipe = requireNonNull(recipe, "recipe is null");
    this.controls = List.copyOf(controls);
    this.handling = requireNonNull(handling, "handling is null");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("pack", diffusion.id());
    out.putAll(recipe.describe());
    out.put("null_prompt", handling.nullPrompt());
    out.put("strength", Double.toString(handling.strength()));
    out.put("size", Integer.toString(handling.size()));
    out.put("crop", handling.crop().map(c -> Integer.toString(c)).orElse("none"));
    out.put("dilate", Integer.toString(handling.dilate()));
    out.put("feather", Integer.toString(handling.feather()));
    out.put("hole", handling.hole().text());
    handling.position().ifPresent(p -> out.put(POSITION, p.name()));
    handling.outlines().ifPresent(o -> out.put(OUTLINES, o.describe()));
    out.put("control", controls.stream().map(DiffusionControl::describe).toList().toString());
    return out;
  }

  @Override
  public Optional<Editor> nullEdit() {
    return Optional.of(
        new DiffusionEditor(
            diffusion,
            recipe.withPrompt(handling.nullPrompt()),
            controls,
            handling.withoutOutlines()));
  }

  /** Since 2, people behind an element are in sight, and are looked for where they were painted. */
  @Override
  public int version() {
    return handling.position().isPresent() ? 2 : 1;
  }

  /** Networks may find that the null edit leaves nothing to do. */
  @Override
  public boolean mustChange(EditRequest request) {
    return !recipe.prompt().equals(handling.nullPrompt());
  }

  /** Minutes, without a graphics card. */
  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public Edited edit(EditRequest request, RunContext context) {
    Picture source = request.source();
    Optional<Box> element = request.mask().bounds();
    if (element.isEmpty()) {
      return Edited.unchanged(source, Optional.empty());
    }
    Optional<String> refusal = refusal(request);
    if (refusal.isPresent()) {
      return Edited.unchanged(source, refusal);
    }
    Target target =
        handling
            .position()
            .map(place -> person(request, place, element.get()))
            .orElseGet(() -> element(request));
    Optional<Box> bounds = target.mask().bounds();
    if (bounds.isEmpty()) {
      return Edited.unchanged(source, Optional.of(NO_ROOM));
    }
    if (handling.outlines().isPresent()
        && handling.position().isPresent()
        && target.inserted().isEmpty()) {
      return Edited.unchanged(source, Optional.of(InsertCutout.hidden(InsertCutout.PERSON)));
    }
    double scale = scale(region(bounds.get(), source));
    Mask mask = target.mask().threshold(.5).dilated(handling.dilate() * scale);
    Box region = region(mask.bounds().orElseThrow(), source);
    Part part = Part.of(source, target.elements(), mask, region);
    Size size = size(region);
    Generated made =
        diffusion.generate(
            DiffusionRequest.of(recipe, size.width(), size.height(), request.seed())
                .from(new Source(part.picture(), Optional.of(part.mask()), handling.strength()))
                .heldTo(part.controls(controls, size, context)),
            context);
    if (made.refused()) {
      return Edited.unchanged(source, Optional.of(Generated.REFUSAL));
    }
    Picture back =
        PilResize.resize(
            made.picture(),
            part.picture().width(),
            part.picture().height(),
            PilResize.Filter.LANCZOS);
    Edited laid =
        PasteBack.paste(
            source,
            source.with(back, (int) region.left(), (int) region.top()),
            mask.feathered((int) Math.round(handling.feather() * scale)));
    return new Edited(laid.picture(), laid.changed(), target.inserted(), laid.refusal());
  }

  /**
   * What an edit aims at.
   *
   * @param mask what is painted anew, before it is widened
   * @param elements as a control of kind seg shows them
   * @param inserted what is to be found there afterwards
   */
  private record Target(Mask mask, Segmentation elements, Optional<Insertion> inserted) {}

  private Target element(EditRequest request) {
    Mask element = request.mask();
    Optional<Mask> outline = handling.outlines().map(o -> o.like(element));
    Mask both = outline.map(element::union).orElse(element);
    return new Target(
        handling.hole() == Hole.BOX
            ? Mask.of(both.bounds().orElseThrow(), both.width(), both.height())
            : both,
        outline
            .map(o -> Outlines.replacing(request.elements(), element, o))
            .orElse(request.elements()),
        Optional.empty());
  }

  private Target person(EditRequest request, Placement place, Box bounds) {
    Mask element = request.mask();
    Box usual = place.person(bounds);
    Box box = place.behind ? inSight(usual, element, bounds.width()) : usual;
    UnaryOperator<Mask> free = mask -> place.behind ? mask.minus(element) : mask;
    Optional<Mask> outline =
        handling
            .outlines()
            .map(o -> o.any(box.height(), Seeds.random(request.seed(), OUTLINES)))
            .map(figure -> free.apply(Outlines.laid(figure, box, element)));
    return new Target(
        free.apply(Mask.of(box, element.width(), element.height())),
        outline
            .map(o -> Outlines.adding(request.elements(), InsertCutout.PERSON, o))
            .orElse(request.elements()),
        outline.flatMap(Mask::bounds).map(seen -> new Insertion(InsertCutout.PERSON, seen)));
  }

  /**
   * Where enough can be seen of a person behind an element; the same for every outline and seed,
   * since the null edit, which has no outline, is to be painted there too.
   */
  private static Box inSight(Box usual, Mask element, double reach) {
    Mask figure = Mask.full((int) Math.ceil(usual.width()), (int) Math.ceil(usual.height()));
    int top = (int) Math.round(usual.bottom()) - figure.height();
    double x = (usual.left() + usual.right()) / 2;
    double by = Placement.inSight(figure, element, x, top, reach) - x;
    return new Box(usual.left() + by, usual.top(), usual.right() + by, usual.bottom());
  }

  /** Why no other outline can be given; empty where it can, and where none is asked for. */
  private Optional<String> refusal(EditRequest request) {
    if (handling.outlines().isEmpty() || handling.position().isPresent()) {
      return Optional.empty();
    }
    int things = Outlines.things(request.elements(), request.mask()).size();
    if (things == 1) {
      return Optional.empty();
    }
    return Optional.of(
        things == 0 ? NOTHING_WITH_AN_OUTLINE : SEVERAL_WITH_AN_OUTLINE.formatted(things));
  }

  /** What is worked on, in whole pixels of the source. */
  private Box region(Box mask, Picture source) {
    Size whole = Size.of(source);
    Size shape = diffusion.fixedSize().orElse(new Size(1, 1));
    return handling
        .crop()
        .map(padding -> CropRegion.around(mask, whole, padding, shape))
        .orElse(new Box(0, 0, whole.width(), whole.height()));
  }

  /** Pixels of the source to one that is worked on. */
  private double scale(Box region) {
    Size size = size(region);
    return Math.max(region.width() / size.width(), region.height() / size.height());
  }

  private Size size(Box region) {
    double scale = handling.size() / Math.max(region.width(), region.height());
    return diffusion
        .fixedSize()
        .orElseGet(() -> new Size(side(region.width() * scale), side(region.height() * scale)));
  }

  private static int side(double length) {
    return Math.max(LEAST, (int) (length + 1e-6) / MULTIPLE * MULTIPLE);
  }

  /** What the networks see of a request. */
  private record Part(Picture picture, Mask mask, Segmentation elements) {
    static Part of(Picture source, Segmentation whole, Mask mask, Box region) {
      int x = (int) region.left();
      int y = (int) region.top();
      int w = (int) region.width();
      int h = (int) region.height();
      List<Element> elements =
          whole.elements().stream()
              .map(
                  e ->
                      new Element(
                          e.label(),
                          e.confidence(),
                          new Box(0, 0, w, h),
                          e.mask().crop(x, y, w, h),
                          e.isThing()))
              .toList();
      return new Part(source.crop(x, y, w, h), mask.crop(x, y, w, h), new Segmentation(elements));
    }

    List<Control> controls(List<DiffusionControl> wanted, Size size, RunContext context) {
      return wanted.stream().map(c -> c.control(picture, elements, mask, size, context)).toList();
    }
  }
}
