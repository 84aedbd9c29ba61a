package dev.anvil.lab.benchmark;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.edit.EditCheck;
import dev.anvil.edit.EditRequest;
import dev.anvil.edit.Edited;
import dev.anvil.edit.PasteBack;
import dev.anvil.edit.Remove;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PilResize;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.TruthMasks;
import dev.anvil.showroom.Scene;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How often the checks of removals are right: on exact pictures of the same scene without its
 * person, which should pass, and on bad removals, which should not.
 *
 * @param scenes with a person that are looked at
 * @param failed by what took the person's place, number of those that fail a check
 */
public record RemovalTrial(int scenes, Map<String, Integer> failed) {
  private static final String PERSON = "person";
  private static final String NONE = "none";
  private static final double LEAST_COVERAGE = .002;
  private static final int BRIGHTER = 30;

  /**
   * Tries them.
   *
   * @param scenes with exact counterfactuals without a person among them
   * @param most at most so many scenes
   */
  public static RemovalTrial of(
      Segmenter segmenter, List<Scene> scenes, int most, RunContext context) throws IOException {
    Map<String, Scene> byId = scenes.stream().collect(Collectors.toMap(Scene::id, s -> s));
    Map<String, Integer> failed = new LinkedHashMap<>();
    List<Scene> with = new ArrayList<>();
    for (Scene scene : scenes) {
      if (plate(scene, byId).isPresent()) {
        with.add(scene);
      }
    }
    int step = Math.max(1, with.size() / most);
    int looked = 0;
    try (Phase phase = context.start("removals", with.size() / step)) {
      for (int i = 0; i < with.size(); i += step) {
        Scene scene = with.get(i);
        Mask person = TruthMasks.read(scene.mask(), TruthMasks.SHOWROOM).get(PERSON);
        if (person.coverage() >= LEAST_COVERAGE) {
          looked++;
          Picture plate = PictureReader.DEFAULT.read(plate(scene, byId).orElseThrow().picture());
          look(segmenter, scene, person, plate, failed);
        }
        phase.step(1);
      }
    }
    return new RemovalTrial(looked, failed);
  }

  /** The same scene without its person. */
  private static Optional<Scene> plate(Scene scene, Map<String, Scene> byId) {
    if (scene.levels().get(PERSON).equals(NONE)
        || scene.changed().filter(c -> !c.equals(PERSON)).isPresent()) {
      return Optional.empty();
    }
    String base = scene.base().orElse(scene.id());
    return Optional.ofNullable(byId.get(base + "-person-none"))
        .or(() -> Optional.ofNullable(byId.get(base)))
        .filter(p -> p.levels().get(PERSON).equals(NONE));
  }

  private static void look(
      Segmenter segmenter, Scene scene, Mask person, Picture plate, Map<String, Integer> failed) {
    Picture source = PictureReader.DEFAULT.read(scene.picture());
    Segmentation elements =
        Segmentation.of(
            source.width(),
            source.height(),
            List.of(new Element(PERSON, 1, person.bounds().orElseThrow(), person)));
    EditRequest request = new EditRequest(source, elements, person, 1);
    Mask hole = person.dilated(Math.max(2, .006 * Math.max(source.width(), source.height())));
    Edited removed = new Remove().edit(request, RunContext.NONE);
    Map<String, Edited> edits = new LinkedHashMap<>();
    edits.put("exact picture without the person", PasteBack.paste(source, plate, hole));
    edits.put("editor remove", removed);
    edits.put("nothing removed", new Edited(source, hole));
    for (int ghost : new int[] {50, 30, 15}) {
      edits.put(
          "ghost of %d %%".formatted(ghost),
          new Edited(
              PasteBack.paste(source, removed.picture(), times(hole, 1 - ghost / 100.)).picture(),
              hole));
    }
    edits.put("lower half left", lowerHalfLeft(source, removed, person, hole));
    edits.put("filled 30 grey values too bright", brighter(source, plate, hole));
    edits.put("blurred", PasteBack.paste(source, blurred(plate), hole.feathered(2)));
    edits.forEach(
        (name, edited) ->
            failed.merge(
                name,
                EditCheck.of(new Remove(), request, edited, segmenter, RunContext.NONE).valid()
                    ? 0
                    : 1,
                Integer::sum));
  }

  private static Mask times(Mask mask, double share) {
    float[] alpha = mask.alpha().clone();
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] *= (float) share;
    }
    return new Mask(mask.width(), mask.height(), alpha);
  }

  private static Edited lowerHalfLeft(Picture source, Edited removed, Mask person, Mask hole) {
    float[] alpha = hole.alpha().clone();
    double middle =
        person.bounds().map(b -> (b.top() + b.bottom()) / 2).orElseThrow() * hole.width();
    for (int i = (int) middle; i < alpha.length; i++) {
      alpha[i] = 0;
    }
    Mask upper = new Mask(hole.width(), hole.height(), alpha);
    return new Edited(PasteBack.paste(source, removed.picture(), upper).picture(), hole);
  }

  private static Edited brighter(Picture source, Picture plate, Mask hole) {
    byte[] rgb = plate.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) Math.min(255, (rgb[i] & 255) + BRIGHTER);
    }
    return PasteBack.paste(
        source, new Picture(plate.width(), plate.height(), rgb), hole.feathered(2));
  }

  private static Picture blurred(Picture plate) {
    Picture small =
        PilResize.resize(plate, plate.width() / 8, plate.height() / 8, PilResize.Filter.BILINEAR);
    return PilResize.resize(small, plate.width(), plate.height(), PilResize.Filter.BICUBIC);
  }
}
