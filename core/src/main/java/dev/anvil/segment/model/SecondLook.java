package dev.anvil.segment.model;

import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Picture;
import dev.anvil.segment.Detection;
import dev.anvil.segment.LabelGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for people a second time where they are missed most: half hidden behind a vehicle, or small
 * beside one. Two enlarged parts of the picture are shown to the detector, round the left and the
 * right half of the vehicle that it is surest of.
 *
 * <p>A person counts whom an enlarged part shows at the usual threshold, or whom both looks show
 * faintly. On 658 scenes of the showroom, 488 of them with a person, that found 91 % of the people
 * in place of 71 % (behind the car 78 % in place of 50 %), and somebody in 2 of 170 scenes without
 * anybody, in place of 0.
 */
final class SecondLook {
  /** Least score of a person whom both looks show. */
  static final double FAINT = .15;

  /** Overlap above which two boxes show one person. */
  private static final double SAME = .4;

  /** Share of a box in another above which it is no further person. */
  private static final double COVERED = .5;

  private static final String PERSON = "person";
  private static final List<String> VEHICLES = LabelGroups.of("car");

  private final Detector detector;
  private final double threshold;

  /**
   * @param threshold least score of what one look shows
   */
  SecondLook(Detector detector, double threshold) {
    this.detector = detector;
    this.threshold = threshold;
  }

  /**
   * What both looks show together.
   *
   * @param first what the whole picture shows, best first, at least {@link #FAINT}
   * @return the sure ones of the first look, then people whom it missed
   */
  List<Detection> added(Picture picture, List<Detection> first, RunContext context) {
    List<Detection> all =
        new ArrayList<>(first.stream().filter(d -> d.score() >= threshold).toList());
    Optional<Detection> vehicle =
        all.stream().filter(d -> VEHICLES.contains(d.label())).findFirst();
    if (vehicle.isEmpty()) {
      return all;
    }
    List<Detection> second = new ArrayList<>();
    for (Box part : parts(vehicle.get().box())) {
      detector.detectIn(picture, part, FAINT, context).stream()
          .filter(d -> d.label().equals(PERSON))
          .forEach(second::add);
    }
    for (Detection faint : first) {
      if (faint.label().equals(PERSON)
          && second.stream().anyMatch(s -> s.box().iou(faint.box()) >= SAME)) {
        add(faint, all);
      }
    }
    second.stream().filter(d -> d.score() >= threshold).forEach(d -> add(d, all));
    return all;
  }

  /** Unless that person is there already, whole or in part. */
  private static void add(Detection person, List<Detection> all) {
    boolean isKnown =
        all.stream()
            .filter(d -> d.label().equals(PERSON))
            .anyMatch(
                d ->
                    d.box().shareIn(person.box()) > COVERED
                        || person.box().shareIn(d.box()) > COVERED);
    if (!isKnown) {
      all.add(person);
    }
  }

  private static List<Box> parts(Box vehicle) {
    double w = vehicle.width();
    double h = vehicle.height();
    double top = vehicle.top() - .6 * h;
    double bottom = vehicle.bottom() + .1 * h;
    return List.of(
        new Box(vehicle.left() - .3 * w, top, vehicle.left() + .55 * w, bottom),
        new Box(vehicle.right() - .55 * w, top, vehicle.right() + .3 * w, bottom));
  }
}
