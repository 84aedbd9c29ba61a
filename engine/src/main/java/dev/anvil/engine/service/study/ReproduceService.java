package dev.anvil.engine.service.study;

import dev.anvil.InvalidInputException;
import dev.anvil.NotFoundException;
import dev.anvil.RunContext;
import dev.anvil.campaign.Campaign;
import dev.anvil.engine.network.Models;
import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.engine.outcome.ReproduceOutcome;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.ReproduceRequest;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.service.model.FitService;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Inputs;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.RunFolder;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Version;
import dev.anvil.engine.service.run.Work;
import dev.anvil.store.Run;
import dev.anvil.workspace.Difference;
import dev.anvil.workspace.Difference.Artefacts;
import dev.anvil.workspace.FileTree;
import dev.anvil.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Does the work of a finished run again and compares what it made (docs/method.md section 9). */
public final class ReproduceService implements Service<ReproduceRequest, ReproduceOutcome> {
  private static final Set<String> REPRODUCIBLE = Set.of(FitRequest.JOB, StudyRequest.JOB);

  private final Parts parts;

  public ReproduceService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Work<ReproduceOutcome> accept(ReproduceRequest asked) {
    Run run = asked.run().isPresent() ? required(asked.run().get()) : newest();
    return Work.of(
        new ReproduceRequest(Optional.of(run.id()), asked.fromScratch()),
        Optional.empty(),
        ReproduceOutcome.class,
        (out, context) ->
            new ReproduceOutcome(
                out.run(),
                run.id(),
                run.request().command(),
                asked.fromScratch(),
                asked.fromScratch()
                    ? fromScratch(run, out.run(), context)
                    : differences(run, parts, out.run(), context)));
  }

  /** A finished fit or study. */
  private Run required(long id) {
    String where = "run " + id;
    Run run =
        parts
            .stores()
            .runs()
            .get(id)
            .orElseThrow(() -> new NotFoundException(where, "is not in this workspace"));
    if (!REPRODUCIBLE.contains(run.request().command())) {
      throw new InvalidInputException(
          where,
          "is of \"%s\", which is not reproducible by command; expected a run of fit or study"
              .formatted(run.request().command()));
    }
    if (run.state() != Run.State.FINISHED) {
      throw new InvalidInputException(
          where, "is %s; expected one that is finished".formatted(run.state()));
    }
    return run;
  }

  private Run newest() {
    return parts.stores().runs().list().stream()
        .filter(r -> REPRODUCIBLE.contains(r.request().command()))
        .filter(r -> r.state() == Run.State.FINISHED && Models.isReadable(r))
        .findFirst()
        .orElseThrow(
            () -> new NotFoundException("the workspace", "has no finished run of fit or study"));
  }

  /** In an empty workspace, which is deleted afterwards. */
  private List<Difference> fromScratch(Run run, long into, RunContext context) throws IOException {
    Path folder = Files.createTempDirectory(parts.folder(), ReproduceRequest.JOB);
    try (Workspace scratch = Workspace.open(folder)) {
      Parts working = new Parts(folder, scratch, parts.networks(), parts.models());
      Run.Request request = parts.stores().runs().get(into).orElseThrow().request();
      long id = scratch.runs().submit(request).id();
      return differences(run, working, id, context);
    } finally {
      FileTree.delete(folder);
    }
  }

  /** Does a run's work again under another run, and compares. */
  private List<Difference> differences(Run run, Parts working, long into, RunContext context)
      throws IOException {
    List<Difference> differences = new ArrayList<>();
    String was = run.request().codeVersion();
    if (!was.equals(Version.current())) {
      differences.add(new Difference("request/version", was, Version.current()));
    }
    RunFolder out = working.artefacts(into);
    out.put(RunFolder.INPUTS, again(run, working, out, context).values());
    differences.addAll(
        Difference.between(
            new Artefacts(parts.stores().artefacts(), run.id()),
            new Artefacts(working.stores().artefacts(), into)));
    return differences;
  }

  private Inputs again(Run run, Parts working, RunFolder out, RunContext context)
      throws IOException {
    if (run.request().command().equals(StudyRequest.JOB)) {
      StudyOnModel what = StudyService.asked(run);
      Run fit = parts.models().fit(what.model());
      Inputs inputs = new StudyWork(parts).inputs(what);
      new StudyService(working, new LiveStudies())
          .run(what, ModelView.open(parts, working.stores(), fit, what.segmenter()), out, context);
      return inputs;
    }
    Campaign campaign = FitService.campaign(parts.artefacts(run.id()));
    Work<FitOutcome> work = new FitService(working).accept(Models.request(run), campaign);
    work.body().run(out, context);
    // what an import found is no result of the fit
    FitService.health(parts.artefacts(run.id())).ifPresent(h -> FitService.putHealth(out, h));
    return work.inputs().orElseThrow();
  }
}
