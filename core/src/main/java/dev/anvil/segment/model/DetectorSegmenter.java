package dev.anvil.segment.model;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.onnx.Tensor;
import dev.anvil.segment.Detection;
import dev.anvil.segment.Element;
import dev.anvil.segment.LabelGroups;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.post.Detections;
import dev.anvil.segment.post.ObjectCutter;
import dev.anvil.segment.post.Outline;
import java.util.List;
import java.util.Map;

/**
 * Elements of a picture: a detector's objects, each cut out of its box by colour.
 *
 * <p>People are looked for a second time round a vehicle ({@link SecondLook}). A person in front of
 * a vehicle is cut out of the vehicle's mask. Where colour does not tell an object from its
 * surroundings, its mask is the usual outline in its box and its confidence is halved. Masks have
 * steps of 1/255.
 */
public final class DetectorSegmenter implements Segmenter, Answering {
  private static final String METHOD = "grabcut-2";
  private static final double UNCUT = .5;

  /** How much of a place's width is looked at on each side of it. */
  private static final double CLOSER = 1.2;

  private static final double FAINTEST = .02;

  /** What people sit in or stand before, so that their outlines overlap. */
  private static final List<String> VEHICLES = LabelGroups.of("car");

  private final Detector detector;
  private final Settings settings;

  /**
   * What is taken for an element.
   *
   * @param threshold least detection score, 0 to 1
   * @param leastArea least area of a box as a share of the picture
   * @param most at most so many elements besides the background, the best scored ones
   */
  public record Settings(double threshold, double leastArea, int most) {
    public static final Settings DEFAULT = new Settings(.3, .0005, 12);
  }

  /** Takes ownership of the detector. */
  public DetectorSegmenter(Detector detector, Settings settings) {
    this.detector = requireNonNull(detector, "detector is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  @Override
  public String id() {
    return "%s-%s-%s-%s-%s"
        .formatted(
            detector.id(), METHOD, settings.threshold(), settings.leastArea(), settings.most());
  }

  @Override
  public Segmentation segment(Picture picture, RunContext context) {
    double leastArea = settings.leastArea() * picture.width() * picture.height();
    List<Element> cut =
        Detections.distinct(found(picture, context)).stream()
            .filter(d -> d.box().area() >= leastArea)
            .limit(settings.most())
            .map(d -> cut(picture, d, context))
            .toList();
    return Segmentation.of(picture.width(), picture.height(), withPeopleInFront(cut));
  }

  /** The best score in an enlarged part round the place and in the picture. */
  @Override
  public double likeness(
      Picture picture, Box place, List<String> labels, double enough, RunContext context) {
    double across = CLOSER * place.width() + .3 * place.height();
    double down = .35 * place.height();
    Box part =
        new Box(
            place.left() - across,
            place.top() - down,
            place.right() + across,
            place.bottom() + down);
    Box whole = new Box(0, 0, picture.width(), picture.height());
    double best = 0;
    for (Box view : List.of(part, whole)) {
      if (best <= enough) {
        best = Math.max(best, likenessIn(picture, view, place, labels, context));
      }
    }
    return best;
  }

  private double likenessIn(
      Picture picture, Box view, Box place, List<String> labels, RunContext context) {
    return detector.detectIn(picture, view, FAINTEST, context).stream()
        .filter(d -> labels.contains(d.label()))
        .filter(d -> d.box().shareIn(place) > .4 && place.shareIn(d.box()) > .2)
        .mapToDouble(Detection::score)
        .max()
        .orElse(0);
  }

  private List<Detection> found(Picture picture, RunContext context) {
    double faint = Math.min(SecondLook.FAINT, settings.threshold());
    return new SecondLook(detector, settings.threshold())
        .added(picture, detector.detect(picture, faint, context), context);
  }

  @Override
  public Map<String, Tensor> answer(Picture picture, RunContext context) {
    return detector.answer(picture, context);
  }

  @Override
  public void close() {
    detector.close();
  }

  private static Element cut(Picture picture, Detection detection, RunContext context) {
    context.checkCancelled();
    ObjectCutter.Cut cut =
        ObjectCutter.cut(picture, detection.box(), Outline.of(detection.label()));
    double confidence = detection.score() * (cut.isCut() ? 1 : UNCUT);
    return new Element(detection.label(), confidence, detection.box(), cut.mask());
  }

  /** Takes people out of vehicles; a vehicle of which nothing is left is none. */
  private static List<Element> withPeopleInFront(List<Element> elements) {
    List<Mask> people =
        elements.stream().filter(e -> e.label().equals("person")).map(Element::mask).toList();
    return elements.stream()
        .map(e -> VEHICLES.contains(e.label()) ? without(e, people) : e)
        .filter(e -> e.mask().bounds().isPresent())
        .toList();
  }

  private static Element without(Element element, List<Mask> others) {
    float[] alpha = element.mask().alpha().clone();
    for (Mask other : others) {
      for (int i = 0; i < alpha.length; i++) {
        alpha[i] = Math.min(alpha[i], steps(1 - other.alpha()[i]));
      }
    }
    Mask rest = new Mask(element.mask().width(), element.mask().height(), alpha);
    return new Element(element.label(), element.confidence(), element.box(), rest);
  }

  private static float steps(float alpha) {
    return Math.round(alpha * 255) / 255f;
  }
}
