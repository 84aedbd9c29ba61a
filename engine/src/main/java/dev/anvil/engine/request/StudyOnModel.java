package dev.anvil.engine.request;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A study and what it runs on.
 *
 * @param study its text
 * @param model run of the fit whose model is used; empty for the one that the study's encoder or
 *     the workspace's choice names
 * @param segmenter that finds elements; empty for the study's own, else that of the fit
 */
public record StudyOnModel(
    StudyText study, Optional<Long> model, Optional<SegmenterChoice> segmenter) {
  public StudyOnModel {
    requireNonNull(study, "study is null");
    model = model == null ? Optional.empty() : model;
    segmenter = segmenter == null ? Optional.empty() : segmenter;
  }

  /** A study on the model in use. */
  public static StudyOnModel of(StudyText study) {
    return new StudyOnModel(study, Optional.empty(), Optional.empty());
  }

  /** The same on a model, with a segmenter. */
  public StudyOnModel on(long run, SegmenterChoice finder) {
    return new StudyOnModel(study, Optional.of(run), Optional.of(finder));
  }

  /** The same on another model. */
  public StudyOnModel on(long run) {
    return new StudyOnModel(study, Optional.of(run), segmenter);
  }

  /** Another study on the same model. */
  public StudyOnModel with(StudyText other) {
    return new StudyOnModel(other, model, segmenter);
  }
}
