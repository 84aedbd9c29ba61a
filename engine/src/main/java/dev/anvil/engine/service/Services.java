package dev.anvil.engine.service;

import dev.anvil.RunContext;
import dev.anvil.engine.request.AskRequest;
import dev.anvil.engine.request.CalibrateRequest;
import dev.anvil.engine.request.EditPicturesRequest;
import dev.anvil.engine.request.ElementsRequest;
import dev.anvil.engine.request.EmbedRequest;
import dev.anvil.engine.request.ExplainRequest;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.ForecastRequest;
import dev.anvil.engine.request.GeneratePicturesRequest;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.request.LabelRequest;
import dev.anvil.engine.request.MonitorRequest;
import dev.anvil.engine.request.PlantRequest;
import dev.anvil.engine.request.PredictRequest;
import dev.anvil.engine.request.ReportRequest;
import dev.anvil.engine.request.ReproduceRequest;
import dev.anvil.engine.request.Request;
import dev.anvil.engine.request.SensitivityRequest;
import dev.anvil.engine.request.StarterRequest;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.request.VariantsRequest;
import dev.anvil.engine.request.WhatIfRequest;
import dev.anvil.engine.service.campaign.ImportService;
import dev.anvil.engine.service.model.AskService;
import dev.anvil.engine.service.model.EmbedService;
import dev.anvil.engine.service.model.ExplainService;
import dev.anvil.engine.service.model.FitService;
import dev.anvil.engine.service.model.PredictService;
import dev.anvil.engine.service.monitor.MonitorService;
import dev.anvil.engine.service.picture.EditService;
import dev.anvil.engine.service.picture.ElementsService;
import dev.anvil.engine.service.picture.GenerateService;
import dev.anvil.engine.service.picture.WhatIfService;
import dev.anvil.engine.service.run.OtherJobs;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Runner;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.engine.service.study.CalibrateService;
import dev.anvil.engine.service.study.ForecastService;
import dev.anvil.engine.service.study.LabelService;
import dev.anvil.engine.service.study.LiveStudies;
import dev.anvil.engine.service.study.PlantService;
import dev.anvil.engine.service.study.ReproduceService;
import dev.anvil.engine.service.study.SensitivityService;
import dev.anvil.engine.service.study.StarterService;
import dev.anvil.engine.service.study.StudyService;
import dev.anvil.engine.service.study.VariantsService;
import dev.anvil.engine.service.view.ReportService;
import java.util.HashMap;
import java.util.Map;

/** The services of an engine, one per job. */
public final class Services implements OtherJobs {
  private final Runner runner;
  private final Map<Class<?>, Service<?, ?>> all = new HashMap<>();

  /**
   * The services that work with an engine's parts.
   *
   * @param live where studies show themselves while they run
   */
  public Services(Parts parts, LiveStudies live) {
    this.runner = new Runner(parts.stores());
    FitService fits = new FitService(parts);
    StudyService studies = new StudyService(parts, live);
    PlantService plants = new PlantService(parts);
    all.put(ImportRequest.class, new ImportService(parts));
    all.put(FitRequest.class, fits);
    all.put(StarterRequest.class, new StarterService(parts));
    all.put(LabelRequest.class, new LabelService(parts));
    all.put(StudyRequest.class, studies);
    all.put(VariantsRequest.class, new VariantsService(parts));
    all.put(ForecastRequest.class, new ForecastService(parts));
    all.put(PlantRequest.class, plants);
    all.put(CalibrateRequest.class, new CalibrateService(parts));
    all.put(SensitivityRequest.class, new SensitivityService(parts, this));
    all.put(ReportRequest.class, new ReportService(parts));
    all.put(PredictRequest.class, new PredictService(parts));
    all.put(ExplainRequest.class, new ExplainService(parts));
    all.put(AskRequest.class, new AskService(parts));
    all.put(ElementsRequest.class, new ElementsService(parts));
    all.put(EditPicturesRequest.class, new EditService(parts));
    all.put(WhatIfRequest.class, new WhatIfService(parts));
    all.put(GeneratePicturesRequest.class, new GenerateService(parts));
    all.put(EmbedRequest.class, new EmbedService(parts));
    all.put(MonitorRequest.class, new MonitorService(parts, this));
    all.put(ReproduceRequest.class, new ReproduceService(parts));
  }

  /**
   * A job that was accepted and stands in the ledger.
   *
   * @param run its id
   * @param request as it was filled in
   * @param <R> its result
   */
  public record Accepted<R>(long run, Request<R> request, Work<R> work) {}

  /** Accepts a job and puts it into the ledger, or finds the run that did it or is doing it. */
  public <R> Accepted<R> accept(Request<R> request) {
    return accept(work(request));
  }

  private <R> Accepted<R> accept(Work<R> work) {
    return new Accepted<>(runner.submit(work).id(), work.request(), work);
  }

  /** Does an accepted job on the caller's thread, or waits for whoever does it. */
  public <R> R complete(Accepted<R> job, RunContext context) {
    return runner.complete(job.work(), job.run(), context);
  }

  @Override
  public <R> R run(Request<R> request, RunContext context) {
    return complete(accept(request), context);
  }

  @Override
  public <R> R run(Work<R> work, RunContext context) {
    return complete(accept(work), context);
  }

  /** Stops a run that waits or that this engine is at; one that others are at goes on. */
  public void abandon(long run) {
    runner.abandon(run);
  }

  /** Asks for a run to be stopped, by whichever process does it. */
  public void cancel(long run) {
    runner.cancel(run);
  }

  @SuppressWarnings("unchecked") // put in above by the class of the request
  private <R> Work<R> work(Request<R> request) {
    return ((Service<Request<R>, R>) all.get(request.getClass())).accept(request);
  }
}
