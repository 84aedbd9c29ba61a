package dev.anvil.predict.regressor;

import dev.anvil.InvalidInputException;
import dev.anvil.NativeCalls;
import dev.anvil.natives.NativeLibraries;
import dev.anvil.predict.matrix.Matrix;
import java.io.DataInputStream;
import java.io.IOException;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Trees in native memory, which {@link #close} frees, and as bytes. */
final class BoostedTrees implements Explained {
  static {
    NativeLibraries.xgboost();
  }

  /** Seen by the test of {@link #close}. */
  final Booster booster;

  private final byte[] model;
  private final int columns;
  private final NativeCalls calls = new NativeCalls("boosted trees");

  private BoostedTrees(Booster booster, byte[] model, int columns) {
    this.booster = booster;
    this.model = model;
    this.columns = columns;
  }

  /**
   * Loads a model.
   *
   * @param model in XGBoost's ubj format
   */
  static BoostedTrees of(byte[] model, int columns) {
    try {
      Booster booster = XGBoost.loadModel(model);
      // rows are few: several threads of a prediction would only wait for each other
      booster.setParam("nthread", 1);
      return new BoostedTrees(booster, model, columns);
    } catch (XGBoostError | IOException e) {
      throw new InvalidInputException("xgboost model", "not readable: " + e.getMessage());
    }
  }

  @Override
  public double[] predict(Matrix features) {
    Training.checkColumns(columns, features);
    double[] out = new double[features.rows()];
    if (out.length == 0) {
      return out;
    }
    calls.enter();
    try {
      float[][] predicted =
          booster.inplace_predict(features.values(), features.rows(), columns, Float.NaN);
      for (int i = 0; i < out.length; i++) {
        out[i] = predicted[i][0];
      }
      return out;
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost could not predict", e);
    } finally {
      calls.leave();
    }
  }

  /** TreeSHAP (Lundberg et al. 2020, Nature Machine Intelligence 2, 56), by XGBoost. */
  @Override
  public Contributions contributions(Matrix features) {
    Training.checkColumns(columns, features);
    double[][] out = new double[features.rows()][columns];
    double base = 0;
    if (out.length == 0) {
      return new Contributions(base, out);
    }
    calls.enter();
    try {
      DMatrix rows = new DMatrix(features.values(), features.rows(), columns, Float.NaN);
      float[][] found;
      try {
        found = booster.predictContrib(rows, 0);
      } finally {
        rows.dispose();
      }
      for (int i = 0; i < out.length; i++) {
        for (int k = 0; k < columns; k++) {
          out[i][k] = found[i][k];
        }
        base = found[i][columns];
      }
      return new Contributions(base, out);
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost could not explain", e);
    } finally {
      calls.leave();
    }
  }

  /** Total gain of the splits of each column. */
  double[] gains() {
    double[] out = new double[columns];
    calls.enter();
    try {
      // columns without names are called f0, f1, ...
      booster
          .getScore("", "total_gain")
          .forEach((name, gain) -> out[Integer.parseInt(name.substring(1))] = gain);
      return out;
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost could not say gains", e);
    } finally {
      calls.leave();
    }
  }

  @Override
  public void close() {
    if (calls.end()) {
      booster.dispose();
    }
  }

  @Override
  public byte[] toBytes() {
    return RegressorIo.write(
        XgBoost.KIND,
        out -> {
          out.writeInt(columns);
          RegressorIo.writeBytes(out, model);
        });
  }

  static BoostedTrees read(DataInputStream in) throws IOException {
    int columns = in.readInt();
    return of(RegressorIo.readBytes(in), columns);
  }
}
