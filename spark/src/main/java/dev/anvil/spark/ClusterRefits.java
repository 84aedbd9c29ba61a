package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.RefitWorkers;
import dev.anvil.predict.regressor.Refitter;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.RegressorIo;
import dev.anvil.predict.regressor.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Has refits made by executors, each whole. Features are sent to each executor once per design.
 * Regressors that are quick to fit stay on the driver.
 */
final class ClusterRefits implements RefitWorkers {
  private final JavaSparkContext spark;
  private final KeptRefits kept;

  ClusterRefits(JavaSparkContext spark, KeptRefits kept) {
    this.spark = requireNonNull(spark, "spark is null");
    this.kept = requireNonNull(kept, "kept is null");
  }

  @Override
  public Trainer spread(Trainer trainer, int threads, long seed) {
    return trainer.isQuick() ? trainer : new Spreading(trainer, threads, seed);
  }

  /** A trainer whose refitters ask executors. */
  private final class Spreading implements Trainer {
    private final Trainer trainer;
    private final int threads;
    private final long seed;

    Spreading(Trainer trainer, int threads, long seed) {
      this.trainer = trainer;
      this.threads = threads;
      this.seed = seed;
    }

    @Override
    public String name() {
      return trainer.name();
    }

    @Override
    public Map<String, String> settings() {
      return trainer.settings();
    }

    @Override
    public boolean explains() {
      return trainer.explains();
    }

    @Override
    public Refitter prepare(Matrix features, double[] target, int[] groups, RunContext context) {
      Refitter own = trainer.prepare(features, target, groups, context);
      return new Asking(
          own, RefitTask.of(trainer, own.choices(), threads, seed, features, target, groups));
    }

    /** All of one fit, here. */
    @Override
    public Regressor train(Matrix features, double[] target, int[] groups, RunContext context) {
      return trainer.train(features, target, groups, context);
    }
  }

  /** Rows that somebody else is asked to fit to. */
  private record Rows(Refitter own, int[] rows) implements Refitter.Subset {
    @Override
    public Regressor fit(double[] target, RunContext context) {
      return own.on(rows).fit(target, context);
    }
  }

  private final class Asking implements Refitter {
    private final Refitter own;
    private final RefitTask task;
    private final String id;

    Asking(Refitter own, RefitTask task) {
      this.own = own;
      this.task = task;
      this.id = task.id();
    }

    @Override
    public Map<String, String> choices() {
      return own.choices();
    }

    @Override
    public Subset on(int[] rows) {
      return new Rows(own, rows);
    }

    @Override
    public List<Regressor> fitEach(List<Fit> fits, Phase phase) {
      Broadcast<RefitTask> all = spark.broadcast(task);
      try {
        List<Regressor> regressors = new ArrayList<>();
        kept.of(fits.stream().map(this::item).toList(), new RefitPiece(all), phase)
            .forEach(bytes -> regressors.add(RegressorIo.read(bytes)));
        return regressors;
      } finally {
        all.destroy();
      }
    }

    private Item item(Fit fit) {
      String asked = Json.write(new RefitTask.Asked(((Rows) fit.subset()).rows(), fit.target()));
      return Item.of(Sha256.of(id + " " + asked), asked, List.of());
    }
  }
}
