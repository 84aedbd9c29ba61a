package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.study.StudyListener.InterimEstimates;
import dev.anvil.study.StudyPictureMaker.Growth;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.variant.VariantListener;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Estimates the effects of a study while its pictures are made, and tells a listener. */
final class GrowingStudy implements Growth {
  /** Estimating takes at most one part in so many of the time. */
  private static final int SHARE = 8;

  private final StudyListener listener;
  private final Function<StudyPictures, List<Effect>> estimating;
  private long notBefore = System.nanoTime();

  /**
   * A study that grows.
   *
   * @param estimating effects of some of its sources
   */
  GrowingStudy(StudyListener listener, Function<StudyPictures, List<Effect>> estimating) {
    this.listener = requireNonNull(listener, "listener is null");
    this.estimating = requireNonNull(estimating, "estimating is null");
  }

  @Override
  public VariantListener variants() {
    return listener;
  }

  @Override
  public void complete(int sources, Supplier<StudyPictures> pictures) {
    long began = System.nanoTime();
    if (sources < EstimationSettings.DEFAULT.minimumSources() || began - notBefore < 0) {
      return;
    }
    try {
      listener.estimated(InterimEstimates.provisional(sources, estimating.apply(pictures.get())));
    } catch (InvalidInputException e) {
      listener.unestimated(sources, e.getMessage()); // more sources may do
    }
    long now = System.nanoTime();
    notBefore = now + SHARE * (now - began);
  }
}
