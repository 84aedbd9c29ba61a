package dev.anvil.engine;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Post;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.network.Models;
import dev.anvil.engine.network.Networks;
import dev.anvil.engine.request.Request;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.service.Services;
import dev.anvil.engine.service.campaign.PictureHashes;
import dev.anvil.engine.service.model.Creative;
import dev.anvil.engine.service.model.Expectation;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.study.LiveStudies;
import dev.anvil.engine.service.study.StudyWork;
import dev.anvil.engine.service.view.Gallery;
import dev.anvil.engine.service.view.KnownTruth;
import dev.anvil.engine.service.view.Outcomes;
import dev.anvil.engine.service.view.StudyReport;
import dev.anvil.engine.service.view.VariantPictures;
import dev.anvil.packs.ModelStore;
import dev.anvil.predict.FittedModel;
import dev.anvil.report.data.ReportData;
import dev.anvil.study.PreparedStudy;
import dev.anvil.workspace.Workspace;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Anvil, opened on a workspace: imports campaigns, fits models, runs studies, writes reports.
 *
 * <p>Every job is a {@link Request}; the same requests come from Java, the command line, HTTP and a
 * cluster. A job that was done before is read, not done again, unless what it depends on has
 * changed. Nothing is "current": a request names the campaign or model that it means, or takes the
 * one that the workspace holds as its default when it is accepted. Open one engine per workspace
 * and process; it is safe for use from several threads.
 *
 * <pre>{@code
 * try (Anvil anvil = Anvil.open(AnvilSettings.of(folder, packs))) {
 *   anvil.run(ImportRequest.of(posts, "Spring"), RunContext.NONE);
 *   FitOutcome fit = anvil.run(FitRequest.of("Spring"), RunContext.NONE);
 * }
 * }</pre>
 */
public final class Anvil implements AutoCloseable {
  private final AnvilSettings settings;
  private final Workspace workspace;
  private final Parts parts;
  private final Services services;
  private final Jobs jobs;
  private final Gallery gallery;
  private final VariantPictures variants;
  private final LiveStudies live = new LiveStudies();

  private Anvil(AnvilSettings settings, Workspace workspace) {
    this.settings = settings;
    this.workspace = workspace;
    this.parts =
        new Parts(
            settings.workspace(),
            workspace,
            new Networks(new ModelStore(settings.packs()), settings.threads(), settings.consent()),
            new Models(workspace));
    this.services = new Services(parts, live);
    this.jobs = new Jobs(services, settings);
    this.gallery = new Gallery(parts);
    this.variants = new VariantPictures(parts);
  }

  /**
   * Opens the engine of a workspace; a folder that does not exist or is empty becomes one.
   *
   * @throws InvalidInputException when the folder cannot be used
   */
  public static Anvil open(AnvilSettings settings) {
    return new Anvil(settings, Workspace.open(settings.workspace()));
  }

  /**
   * Does a job on the caller's thread, or reads what an equal one made, or waits for one that is
   * under way.
   *
   * @throws dev.anvil.AnvilException when it cannot be done; {@link dev.anvil.CancelledException}
   *     when it was cancelled
   */
  public <R> R run(Request<R> request, RunContext context) {
    return services.run(request, context.withThreads(settings.threads()));
  }

  /** Does jobs in the background. */
  public Jobs jobs() {
    return jobs;
  }

  /**
   * A fitted model with all that it looks through; close it.
   *
   * @param fit run of the fit; empty for the one in use
   */
  public ModelView view(Optional<Long> fit) {
    return ModelView.open(parts, parts.models().fit(fit), Optional.empty());
  }

  /** Uses a fit in requests that name no model, from now on. */
  public void choose(long fit) {
    parts.models().choose(fit);
  }

  /** What requests that name no model use. */
  public Models models() {
    return parts.models();
  }

  /** The networks of the model packs. */
  public Networks networks() {
    return parts.networks();
  }

  /**
   * A campaign.
   *
   * @param name empty for the one imported last
   * @throws dev.anvil.NotFoundException when there is none
   */
  public Campaign campaign(Optional<String> name) {
    return parts.campaign(name);
  }

  /**
   * Makes the pictures of a study once, for any number of models to be judged on.
   *
   * @param view of the model whose encoder looks at them; stays open
   */
  public PreparedStudy prepare(ModelView view, StudyText study, RunContext context) {
    return new StudyWork(parts).prepare(view, study, context.withThreads(settings.threads()));
  }

  /** Perceptual hash of each post's picture. */
  public long[] hashes(List<Post> posts, RunContext context) {
    return PictureHashes.of(workspace, posts, context);
  }

  /**
   * What the report of a study shows, with what is known besides of a simulated campaign.
   *
   * @param study its run
   */
  public ReportData reportData(long study, KnownTruth known) {
    return new StudyReport(parts, workspace.runs().get(study).orElseThrow()).data(known);
  }

  /**
   * The day from which a model learned from posts.
   *
   * @param fit its run
   * @return empty where it learned from all of them
   */
  public Optional<LocalDate> learnedSince(long fit) {
    try (Lease<FittedModel> model = parts.models().load(parts.models().fit(Optional.of(fit)))) {
      return model.get().transform().state().options().since().map(LocalDateTime::toLocalDate);
    }
  }

  /** The studies that this engine is running, as they grow. */
  public LiveStudies liveStudies() {
    return live;
  }

  /** The pictures of studies that were done. */
  public VariantPictures variantPictures() {
    return variants;
  }

  /** The posts of campaigns, sorted and filtered. */
  public Gallery gallery() {
    return gallery;
  }

  /**
   * The picture of a post with its elements, as a model's segmenter finds them.
   *
   * @throws dev.anvil.NotFoundException when there is no such model or post
   */
  public Creative creative(long model, String post, RunContext context) {
    try (ModelView view = view(Optional.of(model))) {
      return view.creative(post, context);
    }
  }

  /**
   * What a model expects of a post that it knows, by refits that never saw it.
   *
   * @throws dev.anvil.NotFoundException when there is no such model or post
   */
  public Expectation expectation(long model, String post, RunContext context) {
    try (ModelView view = view(Optional.of(model))) {
      return view.expectation(post, context);
    }
  }

  /**
   * What came of a finished run, whatever its job.
   *
   * @throws dev.anvil.NotFoundException when there is no such run
   * @throws InvalidInputException when it is not finished
   */
  public Object outcome(long run) {
    return new Outcomes(parts).of(run);
  }

  /** What is kept: runs, artefacts, results, blobs. */
  public Workspace workspace() {
    return workspace;
  }

  public AnvilSettings settings() {
    return settings;
  }

  /** Stops jobs in the background, waits for them, and closes everything. */
  @Override
  public void close() {
    jobs.close();
    variants.close();
    parts.networks().close();
    parts.models().close();
    workspace.close();
  }
}
