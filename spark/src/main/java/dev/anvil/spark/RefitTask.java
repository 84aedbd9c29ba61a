package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.InternalException;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.regressor.Refitter;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.RegressorKind;
import dev.anvil.predict.regressor.Regressors;
import dev.anvil.predict.regressor.Trainer;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** All that refits of one design have in common, as it is sent to executors. */
final class RefitTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String trainer;
  private final TreeMap<String, String> settings;
  private final TreeMap<String, String> choices;
  private final int threads;
  private final long seed;
  private final int rows;
  private final int columns;
  private final float[] features;
  private final double[] weights;
  private final double[] target;
  private final int[] groups;

  /** Made when an executor's process needs it first. */
  private transient Refitter refitter;

  private RefitTask(
      String trainer,
      Map<String, String> settings,
      Map<String, String> choices,
      int threads,
      long seed,
      Matrix features,
      double[] target,
      int[] groups) {
    this.trainer = requireNonNull(trainer, "trainer is null");
    this.settings = new TreeMap<>(settings);
    this.choices = new TreeMap<>(choices);
    this.threads = threads;
    this.seed = seed;
    this.rows = features.rows();
    this.columns = features.columns();
    this.features = features.values();
    this.weights = features.isWeighted() ? features.weights() : new double[0];
    this.target = target.clone();
    this.groups = groups.clone();
  }

  /**
   * What a trainer was prepared for.
   *
   * @param choices that it made there
   */
  static RefitTask of(
      Trainer trainer,
      Map<String, String> choices,
      int threads,
      long seed,
      Matrix features,
      double[] target,
      int[] groups) {
    return new RefitTask(
        trainer.name(), trainer.settings(), choices, threads, seed, features, target, groups);
  }

  /** Hash of all of it, and so of all that a refit depends on but its rows and targets. */
  String id() {
    try {
      return Sha256.ofWritten(
          written -> {
            ObjectOutputStream out = new ObjectOutputStream(written);
            out.writeInt(FittedModel.FORMAT); // a refit of another format is another one
            out.writeObject(this);
            out.flush();
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One fit: rows of the features, and a target for each. */
  record Asked(int[] rows, double[] target) {}

  /** Makes a fit. */
  byte[] fit(Asked asked) {
    try (Regressor fitted =
        refitter().on(asked.rows()).fit(asked.target(), RunContext.NONE.withThreads(threads))) {
      return fitted.toBytes();
    }
  }

  /** Chooses what the driver chose, from the same rows, once in each process. */
  private synchronized Refitter refitter() {
    if (refitter == null) {
      TreeMap<String, String> known = new TreeMap<>(settings);
      known.putAll(choices);
      Matrix all = new Matrix(rows, columns, features);
      Refitter made =
          Regressors.trainer(new RegressorKind.Learned(trainer, known, seed, threads))
              .prepare(
                  weights.length > 0 ? all.withWeights(weights) : all,
                  target,
                  groups,
                  RunContext.NONE.withThreads(threads));
      if (!made.choices().equals(choices)) {
        throw new InternalException(
            "an executor chose %s for %s where the driver chose %s; expected the same: their processors may differ"
                .formatted(made.choices(), trainer, choices));
      }
      refitter = made;
    }
    return refitter;
  }
}
