package dev.anvil.image;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.image.PilResize.Filter;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackManifest.Preprocess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the networks of a model pack are shown a picture: stretched to one size, as planes of red,
 * green and blue of 0 to 255.
 *
 * @param filter the resampling kernel that the networks were trained with
 */
public record NetworkInput(int width, int height, Filter filter) {
  private static final String RANGE = "0..255 RGB";

  public NetworkInput {
    requireNonNull(filter, "filter is null");
  }

  /**
   * What the pack's manifest says.
   *
   * @throws InvalidInputException when it says nothing, or something else than is done here
   */
  public static NetworkInput of(ModelPack pack) {
    String where = pack.folder().resolve(ModelPack.MANIFEST) + " preprocess";
    Preprocess preprocess =
        pack.manifest()
            .preprocess()
            .orElseThrow(() -> new InvalidInputException(where, "found nothing; expected it"));
    List<Problem> problems = new ArrayList<>();
    Optional<Filter> filter =
        Arrays.stream(Filter.values())
            .filter(f -> f.name().toLowerCase(Locale.ROOT).equals(preprocess.resample()))
            .findFirst();
    if (filter.isEmpty()) {
      problems.add(
          new Problem(
              where + ".resample",
              "found \"%s\"; expected one of %s"
                  .formatted(
                      preprocess.resample(),
                      Arrays.toString(Filter.values()).toLowerCase(Locale.ROOT))));
    }
    if (!preprocess.range().equals(RANGE)) {
      problems.add(
          new Problem(
              where + ".range",
              "found \"%s\"; expected \"%s\"".formatted(preprocess.range(), RANGE)));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return new NetworkInput(preprocess.width(), preprocess.height(), filter.orElseThrow());
  }

  /** Three planes of {@code width * height} values of 0 to 255: red, green, blue. */
  public float[] planes(Picture picture) {
    byte[] rgb = PilResize.resize(picture, width, height, filter).rgb();
    int area = width * height;
    float[] out = new float[3 * area];
    for (int i = 0, o = 0; o < area; i += 3, o++) {
      out[o] = rgb[i] & 255;
      out[o + area] = rgb[i + 1] & 255;
      out[o + 2 * area] = rgb[i + 2] & 255;
    }
    return out;
  }

  /** One plane of {@code width * height} values of 0 to 1. */
  public float[] plane(Mask mask) {
    return PilResize.resize(mask, width, height, filter).alpha();
  }

  /** A plane of zeros. */
  public float[] emptyPlane() {
    return new float[width * height];
  }
}
