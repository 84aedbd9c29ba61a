package dev.anvil.engine.service.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.request.Requests;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.RunFolder;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.report.data.Skill;
import dev.anvil.store.Run;
import dev.anvil.study.StudyResult;
import java.util.Optional;
import java.util.Set;

/** Runs studies. */
public final class StudyService implements Service<StudyRequest, StudyOutcome> {
  private static final String RESULT = "study";
  private static final String TEXT = "study-text";

  private final StudyWork studies;
  private final LiveStudies live;

  public StudyService(Parts parts, LiveStudies live) {
    this.studies = new StudyWork(parts);
    this.live = requireNonNull(live, "live is null");
  }

  @Override
  public Work<StudyOutcome> accept(StudyRequest asked) {
    StudyOnModel what = studies.resolve(asked.what());
    return new Work<>(
        new StudyRequest(what),
        Optional.of(studies.inputs(what)),
        Set.of(RESULT, TEXT),
        (out, context) -> run(what, studies.view(what), out, context),
        from -> read(what, from));
  }

  /** What a study left. */
  public static StudyOutcome read(StudyOnModel what, RunFolder from) {
    return new StudyOutcome(from.run(), what.model().orElseThrow(), result(from));
  }

  /** Runs a study on a view, which is closed. */
  void run(StudyOnModel what, ModelView view, RunFolder out, RunContext context) {
    StudyText study = what.study();
    out.putText(TEXT, study.text());
    try (StudyWork.Studio studio = studies.studio(view, context)) {
      boolean explained = view.report().model().skill().map(Skill::shows).orElse(true);
      StudyResult found =
          studio
              .runner()
              .run(
                  study.spec(),
                  study.hash(),
                  study.folder(),
                  view.campaign().posts(),
                  live.begin(out.run(), explained),
                  context);
      out.put(RESULT, explained ? found : found.withoutModelClaims());
    } finally {
      live.over(out.run());
    }
  }

  /** The result of a study's run. */
  public static StudyResult result(RunFolder study) {
    return study.get(RESULT, StudyResult.class);
  }

  /** What a study was asked for, with its model filled in. */
  public static StudyOnModel asked(Run study) {
    return ((StudyRequest) Requests.read(study.request().json(), "run " + study.id())).what();
  }
}
