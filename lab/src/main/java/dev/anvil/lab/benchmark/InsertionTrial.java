package dev.anvil.lab.benchmark;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.edit.EditRequest;
import dev.anvil.edit.Edited;
import dev.anvil.edit.InsertCutout;
import dev.anvil.edit.Insertion;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.TruthMasks;
import dev.anvil.showroom.Scene;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How often the check of insertions is right: on exact pictures with a person, which should pass,
 * on what the editor puts at the same place, and on the same scene without the person, which should
 * not pass.
 *
 * @param tallies by what stands in the person's place, and whether that is behind the car
 */
public record InsertionTrial(Map<String, Tally> tallies) {
  private static final String PERSON = "person";
  private static final String CAR = "car";
  private static final String NONE = "none";
  private static final List<String> BEHIND = List.of("E", "F", "G");

  /** How many of how many fail. */
  public record Tally(int failed, int of) {
    Tally and(boolean fails) {
      return new Tally(failed + (fails ? 1 : 0), of + 1);
    }
  }

  /**
   * Tries them.
   *
   * @param scenes with a person, and the same without, among them
   * @param figures that the editor puts in
   * @param most at most so many scenes
   */
  public static InsertionTrial of(
      Segmenter segmenter, List<Scene> scenes, List<Path> figures, int most, RunContext context)
      throws IOException {
    Map<String, Scene> plates =
        scenes.stream()
            .filter(s -> s.levels().get(PERSON).equals(NONE))
            .collect(Collectors.toMap(s -> s.base().orElse(s.id()), s -> s, (a, b) -> a));
    List<Scene> with = new ArrayList<>();
    for (Scene scene : scenes) {
      boolean same = scene.isBase() || scene.changed().equals(Optional.of(PERSON));
      if (same && !scene.levels().get(PERSON).equals(NONE) && isPlate(plates, scene)) {
        with.add(scene);
      }
    }
    Map<String, Tally> tallies = new LinkedHashMap<>();
    int step = Math.max(1, with.size() / most);
    try (Phase phase = context.start("insertions", with.size() / step)) {
      for (int i = 0; i < with.size(); i += step) {
        Scene scene = with.get(i);
        look(segmenter, scene, plates.get(scene.base().orElse(scene.id())), figures, tallies);
        phase.step(1);
      }
    }
    return new InsertionTrial(tallies);
  }

  /** Whether there is the same scene without its person, and nothing else changed. */
  private static boolean isPlate(Map<String, Scene> plates, Scene scene) {
    Scene plate = plates.get(scene.base().orElse(scene.id()));
    return plate != null
        && plate.levels().get("colour").equals(scene.levels().get("colour"))
        && plate.levels().get("setting").equals(scene.levels().get("setting"));
  }

  private static void look(
      Segmenter segmenter,
      Scene scene,
      Scene without,
      List<Path> figures,
      Map<String, Tally> tallies)
      throws IOException {
    Map<String, Mask> masks = TruthMasks.read(scene.mask(), TruthMasks.SHOWROOM);
    Mask car = TruthMasks.read(without.mask(), TruthMasks.SHOWROOM).get(CAR);
    if (masks.get(PERSON).bounds().isEmpty() || car.bounds().isEmpty()) {
      return;
    }
    Picture plate = PictureReader.DEFAULT.read(without.picture());
    Insertion exact = new Insertion(PERSON, masks.get(PERSON).bounds().get());
    String place = scene.levels().get(PERSON);
    String where = BEHIND.contains(place) ? " (behind the car)" : " (beside the car)";
    Picture picture = PictureReader.DEFAULT.read(scene.picture());
    count(tallies, "exact picture with the person" + where, segmenter, exact, picture);
    count(tallies, "nobody there" + where, segmenter, exact, plate);
    Segmentation elements =
        Segmentation.of(
            plate.width(), plate.height(), List.of(new Element(CAR, 1, car.bounds().get(), car)));
    Edited edited =
        new InsertCutout(place, PERSON, figures)
            .edit(new EditRequest(plate, elements, car, 1), RunContext.NONE);
    edited
        .inserted()
        .ifPresent(
            put -> count(tallies, "editor insert" + where, segmenter, put, edited.picture()));
  }

  private static void count(
      Map<String, Tally> tallies,
      String what,
      Segmenter segmenter,
      Insertion insertion,
      Picture picture) {
    boolean fails = insertion.missing(picture, segmenter, RunContext.NONE).isPresent();
    tallies.merge(what, new Tally(0, 0).and(fails), (a, b) -> a.and(fails));
  }
}
