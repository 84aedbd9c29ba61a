package dev.anvil.edit;

import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import dev.anvil.image.OkLab;
import dev.anvil.image.OkLabPicture;
import dev.anvil.image.Picture;
import java.util.Map;

/**
 * Tints the whole picture towards a colour, lightness kept; the colour of an element without the
 * element (the paper's red tones without a red car).
 */
public final class Tone implements Editor {
  /** Parameters: {@code colour}, {@code strength} (.3), {@code spare} (false). */
  static final EditorKind KIND =
      new EditorKind() {
        @Override
        public String name() {
          return "tone";
        }

        @Override
        public boolean needsTones() {
          return true;
        }

        @Override
        public Editor create(Parameters given, Editors editors) {
          String colour = given.colour("colour");
          double strength = given.number("strength", .3, 0, 1);
          boolean spare = given.flag("spare", false);
          given.check();
          return new Tone(colour, strength, spare);
        }
      };

  private static final int FEATHER = 2;

  private final String hex;
  private final OkLab colour;
  private final double strength;
  private final boolean spare;

  /**
   * @param hex the colour, sRGB in six hexadecimal digits
   * @param strength 0 (none) to 1: the share of the colour's chroma that is added to every pixel
   * @param spare whether the requested element keeps its own colours
   */
  public Tone(String hex, double strength, boolean spare) {
    if (!(strength > 0 && strength <= 1)) {
      throw new IllegalArgumentException(
          "found strength %s; expected above 0, at most 1".formatted(strength));
    }
    this.hex = hex;
    this.colour = OkLab.ofHex(hex);
    this.strength = strength;
    this.spare = spare;
  }

  @Override
  public String name() {
    return KIND.name();
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of(
        "colour", hex, "strength", Double.toString(strength), "spare", Boolean.toString(spare));
  }

  @Override
  public boolean isGlobal() {
    return true;
  }

  @Override
  public Edited edit(EditRequest request, RunContext context) {
    Picture source = request.source();
    OkLabPicture lab = OkLabPicture.of(source);
    byte[] out = new byte[source.rgb().length];
    for (int i = 0, o = 0; o < out.length; i++, o += 3) {
      // black and white stay neutral, as under a coloured light or filter
      double room = Math.min(1, 4 * Math.min(lab.l()[i], 1 - lab.l()[i]));
      double share = strength * Math.max(0, room);
      int rgb =
          new OkLab(lab.l()[i], lab.a()[i] + share * colour.a(), lab.b()[i] + share * colour.b())
              .toSrgb();
      out[o] = (byte) (rgb >> 16);
      out[o + 1] = (byte) (rgb >> 8);
      out[o + 2] = (byte) rgb;
    }
    Mask where =
        spare
            ? request.mask().feathered(FEATHER).inverted()
            : Mask.full(source.width(), source.height());
    return PasteBack.paste(source, new Picture(source.width(), source.height(), out), where);
  }
}
