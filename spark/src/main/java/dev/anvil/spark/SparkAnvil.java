package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.edit.remote.Consent;
import dev.anvil.engine.network.Models;
import dev.anvil.engine.network.Networks;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.outcome.VariantsOutcome;
import dev.anvil.engine.request.ElementsRequest;
import dev.anvil.engine.request.EmbedRequest;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.request.Request;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.request.VariantsRequest;
import dev.anvil.engine.service.Services;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.study.LiveStudies;
import dev.anvil.lab.scorecard.ScorecardOutcome;
import dev.anvil.lab.scorecard.ScorecardPlan;
import dev.anvil.lab.scorecard.ScorecardRequest;
import dev.anvil.packs.ModelStore;
import dev.anvil.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Anvil on a cluster: takes the engine's requests. What is costly and depends on one picture is
 * done by executors; then the engine's own services read it, on the driver, so that results are
 * those of one machine to the last bit. Safe for use from one thread at a time.
 *
 * <pre>{@code
 * SparkSession spark = SparkSession.builder().master("spark://host:7077").getOrCreate();
 * try (SparkAnvil anvil = SparkAnvil.open(spark, ClusterSettings.of(workspace, packs, "s3a://..."))) {
 *   StudyOutcome study = anvil.run(new StudyRequest(what), RunContext.NONE);
 * }
 * }</pre>
 */
public final class SparkAnvil implements AutoCloseable {
  private final SparkSession spark;
  private final ClusterSettings settings;
  private final Workspace workspace;
  private final Parts parts;
  private final Services services;
  private final Packs packs;

  private SparkAnvil(SparkSession spark, ClusterSettings settings, Workspace workspace)
      throws IOException {
    this.spark = requireNonNull(spark, "spark is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.workspace = workspace;
    Networks networks =
        new Networks(
            new ModelStore(settings.packs()),
            Runtime.getRuntime().availableProcessors(),
            Consent.NONE);
    this.packs = Packs.of(networks.sound(), settings.executorPacks(), spark.sparkContext());
    Spread oneByOne = new Spread(context(), settings.oneByOne(), packs);
    this.parts =
        new Parts(
            settings.workspace(),
            workspace,
            networks,
            new Models(workspace),
            new ClusterRefits(context(), new KeptRefits(oneByOne, tables())));
    this.services = new Services(parts, new LiveStudies());
  }

  /**
   * Opens a workspace for jobs on a cluster.
   *
   * @param spark stays open
   * @throws InvalidInputException when the workspace cannot be used
   */
  public static SparkAnvil open(SparkSession spark, ClusterSettings settings) {
    Workspace workspace = Workspace.open(settings.workspace());
    try {
      return new SparkAnvil(spark, settings, workspace);
    } catch (IOException e) {
      workspace.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      workspace.close();
      throw e;
    }
  }

  /**
   * Does a job whose outcome is the engine's: an import, a fit, a study or its variants. Of a
   * study, the tables {@code effects} and {@code scores} are written too; of variants, {@code
   * scores}.
   *
   * @throws dev.anvil.AnvilException when it cannot be done
   */
  public <R> R run(Request<R> request, RunContext context) {
    if (request instanceof StudyRequest study) {
      spread().resume();
      pictures(study.what(), context);
    } else if (request instanceof VariantsRequest variants) {
      spread().resume();
      pictures(variants.what(), context);
    } else if (request instanceof FitRequest fit) {
      CampaignSpread spread = spread();
      spread.resume();
      new FitJob(parts, spread).prepare(fit, context);
    } else if (!(request instanceof ImportRequest)) {
      throw new InvalidInputException(
          "job",
          "found %s; expected import, fit, study, variants, scorecard, embed or elements: others are done by anvil itself"
                  .formatted(request.job())
              + ", on the same workspace");
    }
    R outcome = services.run(request, context);
    if (outcome instanceof StudyOutcome study) {
      new StudyTables(tables()).write(study.result());
    } else if (outcome instanceof VariantsOutcome made) {
      new StudyTables(tables()).write(made.variants());
    }
    return outcome;
  }

  /**
   * Judges methods on simulated worlds; writes what {@code anvil scorecard} writes into the
   * driver's workspace.
   */
  public ScorecardOutcome scorecard(ScorecardRequest request, RunContext context) {
    CampaignSpread oneByOne =
        new CampaignSpread(new Spread(context(), settings.oneByOne(), packs), tables(), workspace);
    try {
      return new ScorecardJob(this, workspace, packs, oneByOne)
          .run(request, ScorecardPlan.read(request, parts.networks().packIds()), context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has the pictures of a study made; what an earlier run left has been taken up. */
  void pictures(StudyOnModel study, RunContext context) {
    new StudyJob(
            parts,
            spread(),
            settings.everyPng() ? Optional.of(settings.table("variants")) : Optional.empty())
        .prepare(study, context);
  }

  /** Sends a folder to all executors. */
  void send(String name, Path folder) throws IOException {
    Archive.send(name, List.of(folder), spark.sparkContext());
  }

  /**
   * Writes the table {@code embeddings}.
   *
   * @param pictures table (Parquet or CSV) whose column "picture" names more pictures, at any place
   *     that Hadoop knows; empty for none
   */
  public TableOutcome embed(EmbedRequest request, Optional<String> pictures, RunContext context) {
    return pictures(pictures).embed(request, context);
  }

  /**
   * Writes the table {@code elements}.
   *
   * @param pictures as {@link #embed}
   */
  public TableOutcome elements(
      ElementsRequest request, Optional<String> pictures, RunContext context) {
    return pictures(pictures).elements(request, context);
  }

  private PictureJob pictures(Optional<String> table) {
    Spread spread = new Spread(context(), settings, packs);
    return new PictureJob(
        parts, spark, new PictureSpread(settings, spread, tables()), tables(), table);
  }

  private CampaignSpread spread() {
    return new CampaignSpread(new Spread(context(), settings, packs), tables(), workspace);
  }

  private Tables tables() {
    return new Tables(spark, settings);
  }

  private JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  /** Closes the workspace and the driver's networks; Spark stays open. */
  @Override
  public void close() {
    parts.networks().close();
    parts.models().close();
    workspace.close();
  }
}
