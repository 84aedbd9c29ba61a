package dev.anvil.predict.refit;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.regressor.Explained;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.RegressorIo;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Regressors fitted to different parts of a campaign, so that a source is scored only by those that
 * never saw it or a near-duplicate of it (docs/method.md section 3); made by {@link RefitDesign}.
 */
public final class RefitEnsemble implements AutoCloseable {
  private static final String KIND = "refits";
  private static final String LIST = "refits-list";

  private final int folds;
  private final Map<Integer, int[]> foldsOfGroup;
  private final List<Regressor> refits;

  /**
   * @param foldsOfGroup for every group with rows that were fitted to, its fold in each repeat
   * @param refits repeat by repeat, in each the regressor that did not see fold 0, 1, ...
   */
  RefitEnsemble(int folds, Map<Integer, int[]> foldsOfGroup, List<Regressor> refits) {
    requireNonNull(foldsOfGroup, "foldsOfGroup is null");
    this.folds = folds;
    this.foldsOfGroup = foldsOfGroup;
    this.refits = List.copyOf(refits);
  }

  /** Frees what refits hold of native memory. */
  @Override
  public void close() {
    refits.forEach(Regressor::close);
  }

  /** Number of refits. */
  public int size() {
    return refits.size();
  }

  /** The plan by which the refits were made, but for what is not known of it here. */
  public RefitDesign.Plan plan(int resamples, long seed) {
    return new RefitDesign.Plan(size() / folds, folds, resamples, seed);
  }

  /** Predictions of one refit, one per row, on the scale of the target. */
  public double[] predict(int refit, Matrix features) {
    return refits.get(refit).predict(features);
  }

  /** Whether a refit was trained on any row of a group. */
  public boolean saw(int refit, int group) {
    int[] heldOut = foldsOfGroup.get(group);
    return heldOut != null && heldOut[refit / folds] != refit % folds;
  }

  /** The refits that never saw a group: all of them if it was left out of fitting. */
  public int[] unseenBy(int group) {
    return IntStream.range(0, size()).filter(refit -> !saw(refit, group)).toArray();
  }

  /** Predictions for each row by the refits that never saw its group, averaged. */
  public double[] predictUnseen(Matrix features, int[] groups) {
    double[] sum = new double[features.rows()];
    int[] count = new int[features.rows()];
    for (int refit = 0; refit < size(); refit++) {
      int r = refit;
      int[] unseen = IntStream.range(0, sum.length).filter(i -> !saw(r, groups[i])).toArray();
      double[] predicted = predict(refit, features.select(unseen));
      for (int i = 0; i < unseen.length; i++) {
        sum[unseen[i]] += predicted[i];
        count[unseen[i]]++;
      }
    }
    return IntStream.range(0, sum.length).mapToDouble(i -> sum[i] / count[i]).toArray();
  }

  /**
   * What columns add to the mean prediction of all refits.
   *
   * @throws InvalidInputException if the regressors have no Shapley values
   */
  public Explained.Contributions contributions(Matrix features) {
    double base = 0;
    double[][] sum = new double[features.rows()][features.columns()];
    for (Regressor refit : refits) {
      Explained.Contributions own = Explained.of(refit).contributions(features);
      base += own.base() / size();
      for (int i = 0; i < sum.length; i++) {
        for (int k = 0; k < sum[i].length; k++) {
          sum[i][k] += own.byColumn()[i][k] / size();
        }
      }
    }
    return new Explained.Contributions(base, sum);
  }

  public byte[] toBytes() {
    return RegressorIo.write(
        KIND,
        out -> {
          out.writeInt(folds);
          out.writeInt(refits.size());
          out.writeInt(foldsOfGroup.size());
          for (Map.Entry<Integer, int[]> entry : foldsOfGroup.entrySet()) {
            out.writeInt(entry.getKey());
            for (int fold : entry.getValue()) {
              out.writeInt(fold);
            }
          }
          for (Regressor refit : refits) {
            RegressorIo.writeBytes(out, refit.toBytes());
          }
        });
  }

  /** Several ensembles together. */
  public static byte[] toBytes(List<RefitEnsemble> ensembles) {
    return RegressorIo.write(
        LIST,
        out -> {
          out.writeInt(ensembles.size());
          for (RefitEnsemble ensemble : ensembles) {
            RegressorIo.writeBytes(out, ensemble.toBytes());
          }
        });
  }

  /** Reads what {@link #toBytes(List)} wrote. */
  public static List<RefitEnsemble> readAll(byte[] bytes) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      RegressorIo.readHeader(in, LIST);
      List<RefitEnsemble> ensembles = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        ensembles.add(read(RegressorIo.readBytes(in)));
      }
      return ensembles;
    } catch (IOException e) {
      throw RegressorIo.tooShort(bytes);
    }
  }

  /**
   * Reads what {@link #toBytes()} wrote.
   *
   * @throws InvalidInputException if the bytes are not an ensemble of this version
   */
  public static RefitEnsemble read(byte[] bytes) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      RegressorIo.readHeader(in, KIND);
      int folds = in.readInt();
      int size = in.readInt();
      int groups = in.readInt();
      if (folds < 2 || size < folds || size % folds != 0) {
        throw new InvalidInputException(
            "refits", "found %d refits in %d folds; expected a multiple".formatted(size, folds));
      }
      Map<Integer, int[]> foldsOfGroup = new TreeMap<>();
      for (int i = 0; i < groups; i++) {
        int group = in.readInt();
        int[] heldOut = new int[size / folds];
        for (int repeat = 0; repeat < heldOut.length; repeat++) {
          heldOut[repeat] = in.readInt();
        }
        foldsOfGroup.put(group, heldOut);
      }
      List<Regressor> refits = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        refits.add(RegressorIo.read(RegressorIo.readBytes(in)));
      }
      return new RefitEnsemble(folds, foldsOfGroup, refits);
    } catch (IOException e) {
      throw RegressorIo.tooShort(bytes);
    }
  }
}
