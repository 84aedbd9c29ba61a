package dev.anvil.segment.model;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PicturePreparation;
import dev.anvil.image.PilResize;
import dev.anvil.image.PilResize.Filter;
import dev.anvil.onnx.Tensor;
import dev.anvil.packs.ModelPack;
import dev.anvil.segment.Element;
import dev.anvil.segment.Label;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.SegmentationTask;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.model.Segmenters.Options;
import dev.anvil.segment.post.ClassMap;
import dev.anvil.segment.post.Enlarging;
import dev.anvil.segment.post.FoundElements;
import dev.anvil.segment.post.Maps;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Networks that tell a picture's subject from the rest: U2-Net, IS-Net, BiRefNet, as rembg runs
 * them (docs/model-contracts.md section 4.8). The one element is labelled {@value #FOREGROUND}; its
 * mask has soft edges.
 */
final class ForegroundSegmenter implements Segmenter, Answering {
  static final String FOREGROUND = "foreground";
  private static final String METHOD = "foreground-1";

  /** A network whose answers are all alike has not found anything. */
  private static final float LEAST_CONTRAST = 1e-3f;

  private final String id;
  private final double leastArea;
  private final PackNetwork network;
  private final String input;
  private final ForegroundRecipe recipe;
  private final Optional<PicturePreparation> preparation;

  private ForegroundSegmenter(
      String id,
      double leastArea,
      PackNetwork network,
      ForegroundRecipe recipe,
      Optional<PicturePreparation> preparation) {
    this.id = id;
    this.leastArea = leastArea;
    this.network = network;
    this.input = network.inputs().get(0).name();
    this.recipe = recipe;
    this.preparation = preparation;
  }

  static ForegroundSegmenter open(ModelPack pack, Options options, int threads) throws IOException {
    Segmenters.task(pack, options, List.of(SegmentationTask.SEMANTIC));
    PackNetwork network = PackNetwork.open(pack, "model", threads);
    try {
      String input = network.inputs().get(0).name();
      network.require(Set.of(input), Set.of(), Set.of());
      ForegroundRecipe usual = ForegroundRecipe.of(pack);
      ForegroundRecipe recipe = network.declaredSize(input).map(usual::of).orElse(usual);
      Optional<PicturePreparation> said =
          pack.resource(PicturePreparation.FILE).isPresent()
              ? Optional.of(
                  network.preparation(input, PicturePreparation.of(pack, recipe.preparation(255))))
              : Optional.empty();
      return new ForegroundSegmenter(
          String.join("-", pack.id(), METHOD, recipe.name(), Double.toString(options.leastArea())),
          options.leastArea(),
          network,
          recipe,
          said);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Segmentation segment(Picture picture, RunContext context) {
    String output = network.firstOutput();
    Tensor out = answer(picture, context).get(output);
    network.requireOutput(
        output,
        out,
        out.shape().size() >= 3 && out.shape().stream().allMatch(d -> d > 0),
        "[1, channels, height, width]");
    Maps maps = Maps.of(out);
    return recipe.isClothes() ? clothes(maps, picture) : foreground(maps, picture);
  }

  @Override
  public Map<String, Tensor> answer(Picture picture, RunContext context) {
    return network.run(Map.of(input, prepare(picture)), Set.of(network.firstOutput()), context);
  }

  /** Values are divided by the brightest one of the picture, not by 255, unless the pack says. */
  private Tensor prepare(Picture picture) {
    if (preparation.isPresent()) {
      return preparation.get().prepare(picture).tensor();
    }
    Picture view =
        PilResize.resize(picture, recipe.size().width(), recipe.size().height(), Filter.LANCZOS);
    int brightest = 0;
    for (byte value : view.rgb()) {
      brightest = Math.max(brightest, value & 255);
    }
    return recipe.preparation(Math.max(brightest, 1e-6)).prepare(view).tensor();
  }

  private Segmentation foreground(Maps maps, Picture picture) {
    float[] values = new float[maps.area()];
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      values[i] = recipe.isLogit() ? Maps.sigmoid(maps.values()[i]) : maps.values()[i];
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    if (!(most - least > LEAST_CONTRAST)) {
      return Segmentation.of(picture.width(), picture.height(), List.of());
    }
    float[] grey = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      grey[i] = (int) ((values[i] - least) / (most - least) * 255) / 255f;
    }
    Picture coarse = new Mask(maps.width(), maps.height(), grey).toPicture();
    Mask mask =
        Mask.ofGrey(PilResize.resize(coarse, picture.width(), picture.height(), Filter.LANCZOS));
    List<Element> elements =
        FoundElements.thing(FOREGROUND, meanInside(mask), mask).stream()
            .filter(e -> e.mask().coverage() >= leastArea)
            .toList();
    return Segmentation.of(picture.width(), picture.height(), elements);
  }

  /** How opaque the mask is where it is more than half. */
  private static double meanInside(Mask mask) {
    double sum = 0;
    int inside = 0;
    for (float a : mask.alpha()) {
      if (a > .5f) {
        sum += a;
        inside++;
      }
    }
    return inside == 0 ? 0 : sum / inside;
  }

  private Segmentation clothes(Maps logits, Picture picture) {
    if (logits.count() != ForegroundRecipe.CLOTHES.size()) {
      throw new InvalidInputException(
          network.where() + " output " + network.firstOutput(),
          "found %d channels; expected %d, one for each of %s"
              .formatted(
                  logits.count(),
                  ForegroundRecipe.CLOTHES.size(),
                  ForegroundRecipe.CLOTHES.labels().stream().map(Label::name).toList()));
    }
    ClassMap map = ClassMap.of(logits, Enlarging.direct(logits, picture.width(), picture.height()));
    return FoundElements.of(
        map, map.confidences(logits, true), ForegroundRecipe.CLOTHES, leastArea);
  }

  @Override
  public void close() {
    network.close();
  }
}
