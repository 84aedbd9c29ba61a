package dev.anvil.image;

import static java.util.Objects.requireNonNull;

import dev.anvil.image.PilResize.Filter;
import dev.anvil.onnx.Tensor;
import dev.anvil.packs.ModelPack;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a network wants to be shown a picture: a size, the middle of it, and the scale of its values,
 * as the image processors of Hugging Face compute it with the Python Imaging Library, bit for bit
 * (docs/model-contracts.md sections 1.1 to 1.3, 2.2).
 *
 * <p>One thing differs: transparent pixels are white in a {@link Picture}, whatever colour they
 * have beneath.
 *
 * @param resize what size the picture gets; empty to leave it
 * @param filter the resampling kernel
 * @param crop the middle that is cut out of the resized picture; black where it is larger
 * @param scale that the values of 0 to 255 are multiplied with; 1 to leave them
 * @param mean of red, green, blue, subtracted after scaling
 * @param std of red, green, blue, that the rest is divided by
 * @param pad size, without a crop only, that the network's input is filled up to with zeros, right
 *     and below
 */
public record PicturePreparation(
    Optional<SizeRule> resize,
    Filter filter,
    Optional<Crop> crop,
    double scale,
    List<Float> mean,
    List<Float> std,
    Optional<Size> pad) {
  /** The usual file of a pack that says it. */
  public static final String FILE = "preprocessor_config.json";

  /** A network without a crop sees at most so many times the shorter side of a longer one. */
  private static final int LONGEST = 16;

  /** Sides of the network's input up to which nothing is cut off. */
  private static final int LEAST_BOUND = 4096;

  private static final double BYTE = 1 / 255.;
  private static final List<Float> IMAGENET_MEAN = List.of(.485f, .456f, .406f);
  private static final List<Float> IMAGENET_STD = List.of(.229f, .224f, .225f);

  /** What CLIP does where nothing else is said: the middle square of 224 pixels, bicubic. */
  public static final PicturePreparation CLIP =
      new PicturePreparation(
          Optional.of(new SizeRule.Shortest(224)),
          Filter.BICUBIC,
          Optional.of(new Crop(new Size(224, 224), false)),
          BYTE,
          floats(0.48145466, 0.4578275, 0.40821073),
          floats(0.26862954, 0.26130258, 0.27577711),
          Optional.empty());

  /**
   * The middle of a picture.
   *
   * @param halfEven whether half a pixel is rounded to the even one, as torchvision does; else
   *     down, as Hugging Face does
   */
  public record Crop(Size size, boolean halfEven) {
    public Crop {
      requireNonNull(size, "size is null");
    }

    private int start(int whole, int part) {
      return halfEven ? (int) Math.rint((whole - part) / 2.) : Math.floorDiv(whole - part, 2);
    }
  }

  /**
   * A picture made ready.
   *
   * @param planes red, green, blue, one after the other, in a direct buffer
   * @param framing where the planes' pixels lie in the picture
   */
  public record Prepared(FloatBuffer planes, Framing framing) {
    /** The planes as a batch of one: [1, 3, height, width]. */
    public Tensor tensor() {
      return new Tensor(
          planes, List.of(1L, 3L, (long) framing.frame().height(), (long) framing.frame().width()));
    }
  }

  public PicturePreparation {
    requireNonNull(resize, "resize is null");
    requireNonNull(filter, "filter is null");
    requireNonNull(crop, "crop is null");
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    requireNonNull(pad, "pad is null");
    if (mean.size() != 3 || std.size() != 3 || std.contains(0f)) {
      throw new IllegalArgumentException(
          "found mean %s and std %s; expected three each, no std of 0".formatted(mean, std));
    }
    if (crop.isPresent() && pad.isPresent()) {
      throw new IllegalArgumentException("found a crop and padding; expected one of them");
    }
  }

  /** A size and ImageNet's mean and standard deviation, nothing else. */
  public static PicturePreparation imagenet(SizeRule resize, Filter filter) {
    return new PicturePreparation(
        Optional.of(resize),
        filter,
        Optional.empty(),
        BYTE,
        IMAGENET_MEAN,
        IMAGENET_STD,
        Optional.empty());
  }

  /**
   * ImageNet's evaluation as timm does it: the shorter side to {@code side / share}, then the
   * middle square of {@code side} (docs/model-contracts.md section 3).
   */
  public static PicturePreparation timm(int side, double share, Filter filter) {
    return imagenet(new SizeRule.Shortest((int) (side / share)), filter)
        .cropped(Optional.of(new Crop(new Size(side, side), true)));
  }

  /**
   * What a {@code preprocessor_config.json} says.
   *
   * @param defaults for what it does not say
   * @throws dev.anvil.InvalidInputException with every value that cannot be used
   */
  public static PicturePreparation read(Path file, PicturePreparation defaults) throws IOException {
    return PreparationReader.read(file, defaults);
  }

  /** What a pack's {@value #FILE} says; the defaults where it has none. */
  public static PicturePreparation of(ModelPack pack, PicturePreparation defaults)
      throws IOException {
    Optional<Path> file = pack.resource(FILE);
    return file.isPresent() ? read(file.get(), defaults) : defaults;
  }

  /** The same, but stretched to one size, as networks of a fixed size need it. */
  public PicturePreparation stretched(Size size) {
    return new PicturePreparation(
        Optional.of(new SizeRule.Exact(size)),
        filter,
        Optional.empty(),
        scale,
        mean,
        std,
        Optional.empty());
  }

  /** The same with another crop. */
  public PicturePreparation cropped(Optional<Crop> other) {
    return new PicturePreparation(resize, filter, other, scale, mean, std, pad);
  }

  /** Where the network's pixels lie in a picture of this size. */
  public Framing framing(Size picture) {
    Framing cut = cut(picture);
    Size frame = pad.orElse(cut.frame());
    if (frame.width() < cut.frame().width() || frame.height() < cut.frame().height()) {
      throw new IllegalArgumentException(
          "found a picture of %s after resizing; expected at most %s"
              .formatted(cut.frame(), frame));
    }
    return new Framing(picture, cut.resized(), cut.left(), cut.top(), frame);
  }

  /** The picture as the network sees it, before its values are scaled and it is padded. */
  public Picture view(Picture picture) {
    return cut(Size.of(picture)).show(picture, filter);
  }

  /** The network's input for a picture. */
  public Prepared prepare(Picture picture) {
    Framing framing = framing(Size.of(picture));
    FloatBuffer planes = Tensor.direct(3 * framing.frame().width() * framing.frame().height());
    write(picture, planes);
    return new Prepared(planes.flip(), framing);
  }

  /**
   * Writes the network's input for a picture at a buffer's position.
   *
   * @param out at least {@code 3 * width * height} floats of the frame remaining
   */
  public void write(Picture picture, FloatBuffer out) {
    Picture view = view(picture);
    Size frame = framing(Size.of(picture)).frame();
    float[] table = new float[256];
    float[] row = new float[frame.width()];
    byte[] rgb = view.rgb();
    for (int c = 0; c < 3; c++) {
      for (int v = 0; v < 256; v++) {
        table[v] = ((float) (v * scale) - mean.get(c)) / std.get(c);
      }
      for (int y = 0, i = c; y < view.height(); y++) {
        for (int x = 0; x < view.width(); x++, i += 3) {
          row[x] = table[rgb[i] & 255];
        }
        out.put(row);
      }
      Arrays.fill(row, 0);
      for (int y = view.height(); y < frame.height(); y++) {
        out.put(row);
      }
    }
  }

  private static List<Float> floats(double red, double green, double blue) {
    return List.of((float) red, (float) green, (float) blue);
  }

  private Framing cut(Size picture) {
    Size resized = resize.map(r -> r.of(picture)).orElse(picture);
    Size part = crop.map(Crop::size).orElseGet(() -> bounded(resized));
    return new Framing(
        picture,
        resized,
        crop.map(c -> c.start(resized.width(), part.width()))
            .orElse((resized.width() - part.width()) / 2),
        crop.map(c -> c.start(resized.height(), part.height()))
            .orElse((resized.height() - part.height()) / 2),
        part);
  }

  /** Of a picture that is very long or tall, only the middle is seen; the rest would not fit. */
  private static Size bounded(Size resized) {
    int most = LONGEST * Math.min(resized.width(), resized.height());
    boolean small = resized.width() <= LEAST_BOUND && resized.height() <= LEAST_BOUND;
    return small
        ? resized
        : new Size(
            Math.min(resized.width(), Math.max(LEAST_BOUND, most)),
            Math.min(resized.height(), Math.max(LEAST_BOUND, most)));
  }
}
