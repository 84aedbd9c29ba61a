package dev.anvil.image;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.image.PicturePreparation.Crop;
import dev.anvil.image.PilResize.Filter;
import dev.anvil.text.Documents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a {@code preprocessor_config.json}, gathering everything that is wrong with it. */
final class PreparationReader {
  /** By PIL's code. */
  private static final List<Filter> FILTERS =
      List.of(
          Filter.NEAREST,
          Filter.LANCZOS,
          Filter.BILINEAR,
          Filter.BICUBIC,
          Filter.BOX,
          Filter.HAMMING);

  private static final int LARGEST = 1 << 14;
  private static final int CONVNEXT_STRETCHES = 384;
  private static final double CONVNEXT_SHARE = 224 / 256.;

  private final String source;
  private final JsonNode root;
  private final PicturePreparation defaults;
  private final List<Problem> problems = new ArrayList<>();

  private PreparationReader(String source, JsonNode root, PicturePreparation defaults) {
    this.source = source;
    this.root = root;
    this.defaults = defaults;
  }

  static PicturePreparation read(Path file, PicturePreparation defaults) throws IOException {
    JsonNode root = Documents.json(file, "how pictures are prepared");
    return new PreparationReader(file.toString(), root, defaults).preparation();
  }

  private PicturePreparation preparation() {
    if (!root.isObject()) {
      problem("", root, "a JSON object");
    }
    boolean normalises = flag("do_normalize", true);
    Optional<SizeRule> resize = flag("do_resize", true) ? resize() : Optional.empty();
    boolean isWhole =
        root.hasNonNull("size")
            && !root.has("crop_size")
            && resize.filter(SizeRule.Exact.class::isInstance).isPresent();
    Optional<Crop> crop =
        flag("do_center_crop", defaults.crop().isPresent() && !isWhole) ? crop() : Optional.empty();
    Optional<Size> pad = flag("do_pad", true) ? pad() : Optional.empty();
    List<Float> mean = normalises ? three("image_mean", defaults.mean()) : List.of(0f, 0f, 0f);
    List<Float> std = normalises ? three("image_std", defaults.std()) : List.of(1f, 1f, 1f);
    if (std.contains(0f)) {
      problem("image_std", root.path("image_std"), "no 0");
    }
    if (crop.isPresent() && pad.isPresent()) {
      problem("pad_size", root.path("pad_size"), "none together with crop_size");
    }
    if (root.has("crop_pct")) {
      Size square = square();
      int side = square.width();
      boolean cuts = side < CONVNEXT_STRETCHES;
      int length = Math.max(side, (int) (side / share()));
      resize = Optional.of(cuts ? new SizeRule.Shortest(length) : new SizeRule.Exact(square));
      crop = cuts ? Optional.of(new Crop(square, false)) : Optional.empty();
    }
    double scale = scale();
    Filter filter = filter();
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return new PicturePreparation(resize, filter, crop, scale, mean, std, pad);
  }

  private Optional<SizeRule> resize() {
    Optional<SizeRule.MultipleOf> multiple =
        defaults
            .resize()
            .filter(SizeRule.MultipleOf.class::isInstance)
            .map(SizeRule.MultipleOf.class::cast);
    Optional<SizeRule> usual =
        multiple.<SizeRule>map(SizeRule.MultipleOf::rule).or(defaults::resize);
    Optional<SizeRule> rule =
        root.hasNonNull("size") ? Optional.of(rule(root.get("size"), usual)) : usual;
    int divisor = divisor(multiple.map(SizeRule.MultipleOf::divisor).orElse(0));
    return divisor == 0 ? rule : rule.map(r -> new SizeRule.MultipleOf(r, divisor));
  }

  private int divisor(int otherwise) {
    for (String name : List.of("size_divisor", "size_divisibility")) {
      if (root.hasNonNull(name)) {
        return root.get(name).asInt(-1) == 0 ? 0 : length(name, root.get(name));
      }
    }
    return otherwise;
  }

  private SizeRule rule(JsonNode size, Optional<SizeRule> usual) {
    return size.isNumber() ? ofNumber(length("size", size), usual) : ofObject(size);
  }

  /** In older files one number means whatever this processor does with one. */
  private SizeRule ofNumber(int length, Optional<SizeRule> usual) {
    if (root.hasNonNull("max_size")) {
      return new SizeRule.ShortestWithin(length, length("max_size", root.get("max_size")));
    }
    SizeRule rule = usual.orElse(new SizeRule.Exact(new Size(length, length)));
    if (rule instanceof SizeRule.Shortest) {
      return new SizeRule.Shortest(length);
    }
    if (rule instanceof SizeRule.ShortestWithin within) {
      return new SizeRule.ShortestWithin(length, within.longest());
    }
    if (rule instanceof SizeRule.Longest) {
      return new SizeRule.Longest(length);
    }
    return new SizeRule.Exact(new Size(length, length));
  }

  private SizeRule ofObject(JsonNode size) {
    boolean hasShortest = size.hasNonNull("shortest_edge");
    boolean hasLongest = size.hasNonNull("longest_edge");
    if (hasShortest && hasLongest) {
      return new SizeRule.ShortestWithin(
          length("size.shortest_edge", size.get("shortest_edge")),
          length("size.longest_edge", size.get("longest_edge")));
    }
    if (hasShortest) {
      return new SizeRule.Shortest(length("size.shortest_edge", size.get("shortest_edge")));
    }
    if (hasLongest) {
      return new SizeRule.Longest(length("size.longest_edge", size.get("longest_edge")));
    }
    return new SizeRule.Exact(size("size", size));
  }

  /** ConvNeXt's processors say a square and what share of a larger one it is. */
  private Size square() {
    JsonNode size = root.path("size");
    return size("size", size.hasNonNull("shortest_edge") ? size.get("shortest_edge") : size);
  }

  private double share() {
    JsonNode share = root.get("crop_pct");
    if (share.isNull()) {
      return CONVNEXT_SHARE;
    }
    if (!share.isNumber() || share.doubleValue() <= 0 || share.doubleValue() > 1) {
      problem("crop_pct", share, "a number above 0, at most 1");
      return 1;
    }
    return share.doubleValue();
  }

  private Optional<Crop> crop() {
    boolean halfEven = defaults.crop().map(Crop::halfEven).orElse(false);
    JsonNode size = root.path("crop_size");
    if (size.isMissingNode() || size.isNull()) {
      return defaults.crop();
    }
    return Optional.of(new Crop(size("crop_size", size), halfEven));
  }

  private Optional<Size> pad() {
    JsonNode size = root.path("pad_size");
    return size.isMissingNode() || size.isNull()
        ? defaults.pad()
        : Optional.of(size("pad_size", size));
  }

  /** A number for a square, or height and width. */
  private Size size(String path, JsonNode node) {
    if (node.isNumber()) {
      int side = length(path, node);
      return new Size(side, side);
    }
    if (!node.hasNonNull("height") || !node.hasNonNull("width")) {
      problem(
          path,
          node,
          path.equals("size")
              ? "a number, or shortest_edge, longest_edge, or height and width"
              : "a number, or height and width");
      return new Size(1, 1);
    }
    return new Size(
        length(path + ".width", node.get("width")), length(path + ".height", node.get("height")));
  }

  private int length(String path, JsonNode node) {
    if (!node.isNumber()
        || node.doubleValue() != node.intValue()
        || node.intValue() < 1
        || node.intValue() > LARGEST) {
      problem(path, node, "a whole number of 1 to " + LARGEST);
      return 1;
    }
    return node.intValue();
  }

  private Filter filter() {
    JsonNode code = root.path("resample");
    if (code.isMissingNode() || code.isNull()) {
      return defaults.filter();
    }
    if (!code.isInt() || code.intValue() < 0 || code.intValue() >= FILTERS.size()) {
      problem("resample", code, "PIL's code of a filter, 0 to 5");
      return defaults.filter();
    }
    return FILTERS.get(code.intValue());
  }

  private double scale() {
    if (!flag("do_rescale", true)) {
      return 1;
    }
    JsonNode factor = root.path("rescale_factor");
    if (factor.isMissingNode() || factor.isNull()) {
      return defaults.scale();
    }
    if (!factor.isNumber()) {
      problem("rescale_factor", factor, "a number");
    }
    return factor.doubleValue();
  }

  private List<Float> three(String name, List<Float> otherwise) {
    JsonNode values = root.path(name);
    if (values.isMissingNode() || values.isNull()) {
      return otherwise;
    }
    if (!values.isArray()
        || values.size() != 3
        || !values.valueStream().allMatch(JsonNode::isNumber)) {
      problem(name, values, "three numbers");
      return otherwise;
    }
    return values.valueStream().map(JsonNode::floatValue).toList();
  }

  private boolean flag(String name, boolean otherwise) {
    JsonNode value = root.path(name);
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      problem(name, value, "true or false");
    }
    return value.asBoolean(otherwise);
  }

  private void problem(String path, JsonNode found, String expected) {
    problems.add(
        new Problem(
            path.isEmpty() ? source : source + " " + path,
            "found %s; expected %s"
                .formatted(found.isMissingNode() ? "nothing" : found, expected)));
  }
}
