package dev.anvil.edit;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.image.Box;
import dev.anvil.image.Cutout;
import dev.anvil.image.Mask;
import dev.anvil.image.OkLab;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Places a figure beside, before or behind the main element, or takes figures away.
 *
 * <p>Figures that stand in the source already are removed first, so that exactly one is there
 * afterwards; the main element stays, be it such a figure itself. The seed draws the figure, which
 * way it faces and a small shift. Figures behind the element are hidden by it.
 */
public final class InsertCutout implements Editor {
  /**
   * Parameters: {@code position} (A to H or none), {@code figures} (picture files), {@code label}
   * (person).
   */
  static final EditorKind KIND =
      new EditorKind() {
        @Override
        public String name() {
          return "insert";
        }

        @Override
        public Editor create(Parameters given, Editors editors) {
          String position = given.text(POSITION, "[A-H]|none", "one of A to H or none");
          String label = given.text(LABEL, ".+", "an element's label", PERSON);
          List<Path> figures = given.pictures("figures", !position.equals(NONE));
          given.check();
          return new InsertCutout(position, label, figures);
        }

        @Override
        public Optional<Shown> shows(Map<String, Object> parameters) {
          return Optional.ofNullable(parameters.get(POSITION))
              .map(place -> new Shown.Figure(figure(parameters), place.toString()));
        }
      };

  private static final String POSITION = "position";
  private static final String LABEL = "label";

  /** What figures are where nothing else is said. */
  public static final String PERSON = "person";

  /** The position that only removes. */
  public static final String NONE = "none";

  /** Holes of the element's mask up to twice this radius are closed, in pixels. */
  private static final double CLOSED = 3;

  /** Light that is left where the figure stands. */
  private static final double SHADE = .45;

  private final Optional<Placement> place;
  private final String label;
  private final List<Asset<Cutout>> figures;

  /**
   * Reads the figures.
   *
   * @param position A to H round the request's mask, see {@link Placement}, or {@link #NONE}
   * @param label what the figures are in the segmenter's vocabulary, for example {@code person}
   * @param figures pictures with transparency, cut close; at least one unless the position is none
   */
  public InsertCutout(String position, String label, List<Path> figures) {
    this.place =
        position.equals(NONE) ? Optional.empty() : Optional.of(Placement.valueOf(position));
    this.label = label;
    if (place.isPresent() && figures.isEmpty()) {
      throw new IllegalArgumentException("found no figure; expected at least one");
    }
    this.figures = Asset.readAll(figures, PictureReader.DEFAULT::readCutout);
  }

  /** What figures are called that are inserted with these parameters. */
  public static String figure(Map<String, Object> parameters) {
    return parameters.getOrDefault(LABEL, PERSON).toString();
  }

  /** The places that a figure can be put at. */
  public static List<String> places() {
    return Arrays.stream(Placement.values()).map(Placement::name).toList();
  }

  /**
   * Where a person would stand at each of these places, with the part that the element hides.
   *
   * @param element the main element's box, in pixels
   */
  public static Map<String, Box> figures(Box element) {
    return Arrays.stream(Placement.values())
        .collect(
            Collectors.toMap(
                Placement::name, p -> p.person(element), (a, b) -> a, LinkedHashMap::new));
  }

  /**
   * The place at which a figure stands in a picture.
   *
   * @param element the main element's box
   * @param figure the box of what is in sight of the figure
   */
  public static String placeOf(Box element, Box figure) {
    return Placement.nearest(element, figure).name();
  }

  @Override
  public String name() {
    return "insert";
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of(
        "position",
        place.map(Placement::name).orElse(NONE),
        "label",
        label,
        "figures",
        Asset.describe(figures));
  }

  @Override
  public boolean mustChange(EditRequest request) {
    return place.isPresent() || Layers.others(request, label).bounds().isPresent();
  }

  @Override
  public boolean takesOne() {
    return true;
  }

  @Override
  public Optional<Removal> removal(EditRequest request) {
    Mask there = Layers.others(request, label);
    return place.isPresent() || there.bounds().isEmpty()
        ? Optional.empty()
        : Optional.of(new Removal(label, there));
  }

  @Override
  public Edited edit(EditRequest request, RunContext context) {
    Mask there = Layers.others(request, label);
    Edited cleared =
        Remove.remove(request.source(), there, Seeds.derive(request.seed(), "remove"), context);
    Optional<Box> main = request.mask().bounds();
    if (place.isEmpty() || main.isEmpty()) {
      return cleared;
    }
    Mask whole = request.mask().union(coveredBy(request.mask(), there));
    Mask element = whole.dilated(CLOSED).eroded(CLOSED); // no figure peeps through specks of a mask
    return stand(
        request.source(), cleared, element, main.get(), Seeds.random(request.seed(), "figure"));
  }

  private Edited stand(
      Picture source, Edited cleared, Mask element, Box main, SplittableRandom random) {
    Picture picture = cleared.picture();
    Placement at = place.orElseThrow();
    Cutout figure = figures.get(random.nextInt(figures.size())).content();
    if (random.nextBoolean()) {
      figure = figure.mirrored();
    }
    double tall = at.height * main.height() * random.nextDouble(.96, 1.04);
    int height = (int) Math.max(4, Math.min(Math.round(tall), picture.height()));
    int width =
        Math.max(
            2,
            (int)
                Math.round((double) height * figure.picture().width() / figure.picture().height()));
    double x = main.left() + main.width() * (at.across + random.nextDouble(-.03, .03));
    double y = main.bottom() + main.height() * at.feet;
    int top = within((int) Math.round(y) - height, picture.height() - height);
    Cutout sized = figure.resized(width, height);
    if (at.behind) {
      x = Placement.inSight(sized.mask(), element, x, top, main.width());
    }
    int left = within((int) Math.round(x - width / 2.0), picture.width() - width);
    Mask body = sized.mask().placed(left, top, picture.width(), picture.height());
    Box feet =
        new Box(
            left - .1 * width,
            top + height - .12 * width,
            left + 1.1 * width,
            top + height + .1 * width);
    Mask shade = Layers.dome(feet, picture.width(), picture.height());
    if (at.behind) {
      body = body.minus(element);
      shade = shade.minus(element);
    }
    if (body.bounds().isEmpty()) {
      return Edited.unchanged(source, Optional.of(hidden(label)));
    }
    Picture with = picture.with(sized.picture(), left, top);
    Picture shaded = PasteBack.paste(picture, darkened(picture), shade).picture();
    Edited edited = PasteBack.paste(shaded, with, body);
    return new Edited(
        edited.picture(),
        cleared.changed().union(body).union(shade.threshold(0)),
        body.bounds().map(seen -> new Insertion(label, seen)),
        Optional.empty());
  }

  /** Why nothing can be seen of a figure. */
  static String hidden(String label) {
    return label + " is wholly hidden where it was put";
  }

  private static int within(int wanted, int most) {
    return Math.max(0, Math.min(wanted, most));
  }

  /** What a removed figure hid of the element: between the element's pixels of the same row. */
  private static Mask coveredBy(Mask element, Mask figure) {
    int w = element.width();
    float[] out = new float[w * element.height()];
    for (int y = 0; y < element.height(); y++) {
      int first = w;
      int last = -1;
      for (int x = 0; x < w; x++) {
        if (element.get(x, y) > .5f) {
          first = Math.min(first, x);
          last = x;
        }
      }
      for (int x = first; x <= last; x++) {
        out[y * w + x] = figure.get(x, y);
      }
    }
    return new Mask(w, element.height(), out);
  }

  private static Picture darkened(Picture picture) {
    byte[] out = picture.rgb().clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) OkLab.srgb(SHADE * OkLab.linear(out[i] & 255));
    }
    return new Picture(picture.width(), picture.height(), out);
  }
}
