package dev.anvil.segment.model;

import static java.util.Objects.requireNonNull;

import dev.anvil.image.PicturePreparation;
import dev.anvil.image.PilResize.Filter;
import dev.anvil.image.Size;
import dev.anvil.image.SizeRule;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackManifest.PackFile;
import dev.anvil.segment.Label;
import dev.anvil.segment.LabelSet;
import dev.anvil.segment.Segmentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How rembg runs one of its networks, known by the name of the pack or of the network's file
 * (docs/model-contracts.md section 4.8).
 *
 * @param name for example {@code u2net}
 * @param size that the picture is stretched to
 * @param isLogit whether the answer still needs the logistic function
 * @param isClothes whether the answer is a plane for each of {@link #CLOTHES}
 */
record ForegroundRecipe(
    String name, Size size, List<Float> mean, List<Float> std, boolean isLogit, boolean isClothes) {
  /** What u2net_cloth_seg tells apart. */
  static final LabelSet CLOTHES =
      new LabelSet(
          "clothes",
          List.of(
              label(0, Segmentation.BACKGROUND),
              label(1, "upper body clothes"),
              label(2, "lower body clothes"),
              label(3, "full body clothes")));

  private static final List<Float> MEAN = List.of(.485f, .456f, .406f);
  private static final List<Float> STD = List.of(.229f, .224f, .225f);

  ForegroundRecipe {
    requireNonNull(name, "name is null");
    requireNonNull(size, "size is null");
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  static ForegroundRecipe of(ModelPack pack) {
    List<String> names = new ArrayList<>(List.of(pack.manifest().name()));
    pack.find("model").map(PackFile::file).ifPresent(names::add);
    String all = String.join(" ", names).toLowerCase(Locale.ROOT).replace("-", "");
    if (all.contains("cloth")) {
      return new ForegroundRecipe("clothes", square(768), MEAN, STD, false, true);
    }
    if (all.contains("isnet")) {
      List<Float> halves = List.of(.5f, .5f, .5f);
      List<Float> ones = List.of(1f, 1f, 1f);
      return new ForegroundRecipe("isnet", square(1024), halves, ones, false, false);
    }
    if (all.contains("birefnet")) {
      return new ForegroundRecipe("birefnet", square(1024), MEAN, STD, true, false);
    }
    return new ForegroundRecipe("u2net", square(320), MEAN, STD, false, false);
  }

  /** The same at another size. */
  ForegroundRecipe of(Size other) {
    return new ForegroundRecipe(name, other, mean, std, isLogit, isClothes);
  }

  /**
   * The preparation of a picture.
   *
   * @param brightest value that becomes 1
   */
  PicturePreparation preparation(double brightest) {
    return new PicturePreparation(
        Optional.of(new SizeRule.Exact(size)),
        Filter.LANCZOS,
        Optional.empty(),
        1 / brightest,
        mean,
        std,
        Optional.empty());
  }

  private static Size square(int side) {
    return new Size(side, side);
  }

  private static Label label(int id, String name) {
    return new Label(id, name, Optional.empty(), id > 0, OptionalInt.empty(), id);
  }
}
