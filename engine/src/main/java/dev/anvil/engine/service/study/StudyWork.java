package dev.anvil.engine.service.study;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.edit.Editors;
import dev.anvil.encode.TextEncoder;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.network.Models;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.engine.request.SegmenterChoice;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.service.model.FewPosts;
import dev.anvil.engine.service.model.FitService;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Inputs;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.predict.Exposure;
import dev.anvil.store.Run;
import dev.anvil.study.PreparedStudy;
import dev.anvil.study.StudyRunner;
import dev.anvil.study.design.Cell;
import dev.anvil.study.spec.StudySpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What studies, plantings, calibrations and sensitivities have in common. */
public final class StudyWork {
  private final Parts parts;

  public StudyWork(Parts parts) {
    this.parts = parts;
  }

  /**
   * A study with its model and segmenter filled in.
   *
   * @throws InvalidInputException when the model is of another metric
   */
  public StudyOnModel resolve(StudyOnModel asked) {
    StudySpec spec = asked.study().spec();
    Run fit =
        asked.model().isEmpty() && spec.encoder().isPresent()
            ? parts.models().fit(EncoderChoice.parse(spec.encoder().get()))
            : parts.models().fit(asked.model());
    if (FitService.report(parts.artefacts(fit.id())).model().evaluations().isEmpty()) {
      throw new InvalidInputException(
          "the model of run " + fit.id(),
          "was fitted to too few posts and learned nothing from pictures; expected a model of at"
              + " least %d posts for a study".formatted(FewPosts.ENOUGH));
    }
    requireMetric(asked.study().name(), spec.metric(), fit);
    SegmenterChoice segmenter =
        asked
            .segmenter()
            .or(() -> spec.segmenter().map(SegmenterChoice::parse))
            .orElseGet(() -> Models.request(fit).segmenter());
    return asked.on(fit.id(), segmenter);
  }

  /** Effects of a model of clicks would otherwise be told as those on likes. */
  private void requireMetric(String study, String metric, Run fit) {
    String measured = Models.request(fit).metric().orElseThrow();
    String learned =
        FitService.exposure(parts.artefacts(fit.id())).map(Exposure::name).orElse(measured);
    if (!Set.of("", measured).contains(metric) && !metric.equals(learned)) {
      throw new InvalidInputException(
          study,
          ("metric is \"%s\", but the model of run %d is of \"%s\"; expected \"metric: %s\", or"
                  + " a model of \"%s\" (anvil fit --metric makes one, --model RUN names one)")
              .formatted(metric, fit.id(), learned, learned, metric));
    }
  }

  /** The view of a resolved study's model. */
  public ModelView view(StudyOnModel resolved) {
    return ModelView.open(parts, parts.models().fit(resolved.model()), resolved.segmenter());
  }

  /** All that a resolved study's result depends on. */
  Inputs inputs(StudyOnModel resolved) {
    Inputs inputs = new Inputs();
    try (ModelView view = view(resolved)) {
      StudyInputs.add(inputs, parts, resolved.study(), view);
    }
    return inputs;
  }

  /** Makes the pictures of a study on a view, which stays open. */
  public PreparedStudy prepare(ModelView view, StudyText study, RunContext context) {
    try (Studio studio = new Studio(view, context, /* closesView= */ false)) {
      return studio
          .runner()
          .prepare(study.spec(), study.folder(), view.campaign().posts(), context);
    }
  }

  /** The variants of a study on a view, which stays open; none of them is made. */
  public List<Cell> cells(ModelView view, StudyText study, RunContext context) {
    try (Studio studio = new Studio(view, context, /* closesView= */ false)) {
      return studio.runner().cells(study.spec(), study.folder(), view.campaign().posts(), context);
    }
  }

  /** A runner of studies and what it paints with. */
  public final class Studio implements AutoCloseable {
    private final ModelView view;
    private final boolean closesView;
    private final Lease<Editors> editors;
    private final Optional<Lease<TextEncoder>> texts;
    private final StudyRunner runner;

    private Studio(ModelView view, RunContext context, boolean closesView) {
      this.closesView = closesView;
      this.view = view;
      this.editors = parts.networks().editors();
      this.texts = view.texts();
      this.runner =
          new StudyRunner(
              view.model(),
              view.segmentations(),
              view.pipeline(context),
              view.encoder().id(),
              () -> texts.map(Lease::get),
              editors.get(),
              view.working());
    }

    /** Runs studies with what is opened here. */
    public StudyRunner runner() {
      return runner;
    }

    @Override
    public void close() {
      texts.ifPresent(Lease::close);
      editors.close();
      if (closesView) {
        view.close();
      }
    }
  }

  /** Opens a studio; it closes the view. */
  public Studio studio(ModelView view, RunContext context) {
    try {
      return new Studio(view, context, /* closesView= */ true);
    } catch (RuntimeException | Error e) {
      view.close();
      throw e;
    }
  }
}
