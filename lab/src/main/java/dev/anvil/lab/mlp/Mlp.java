package dev.anvil.lab.mlp;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.predict.matrix.Dense;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.matrix.Standardisation;
import dev.anvil.predict.regressor.Refitter;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.RegressorIo;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.Training;
import dev.anvil.predict.split.Folds;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Multilayer perceptron with one hidden layer; standardised columns, unknown values at the mean.
 *
 * <p>The number of passes over the posts is the one with the smallest error on groups held back; a
 * fit then takes as many passes over all of its rows.
 *
 * @param hidden units
 * @param passes most that are tried
 * @param patience passes without improvement after which the search ends
 * @param rate of Adam's steps
 * @param penalty on half the squared weights, divided by the 32 posts of a step
 * @param seed of the first weights and of the order of the posts
 */
public record Mlp(int hidden, int passes, int patience, double rate, double penalty, long seed)
    implements Trainer {
  static final String KIND = "mlp";

  private static final int BATCH = 32;

  /** One of so many parts is held back. */
  private static final int PARTS = 5;

  public Mlp {
    if (hidden < 1 || passes < 1 || patience < 1 || !(rate > 0) || !(penalty >= 0)) {
      throw new InvalidInputException(
          KIND,
          ("found %d hidden units, %d passes, patience %d, rate %s, penalty %s; expected at least 1"
                  + " each, a rate above 0 and no negative penalty")
              .formatted(hidden, passes, patience, rate, penalty));
    }
  }

  /** 32 units, at most 200 passes, a strong penalty: an embedding has more columns than posts. */
  public static Mlp standard(long seed) {
    return new Mlp(32, 200, 10, 1e-4, 100, seed);
  }

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public boolean explains() {
    return false;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "hidden", Integer.toString(hidden),
        "most passes", Integer.toString(passes),
        "patience", Integer.toString(patience),
        "batch", Integer.toString(BATCH),
        "learning rate", Double.toString(rate),
        "penalty", Double.toString(penalty),
        "seed", Long.toString(seed));
  }

  @Override
  public Refitter prepare(Matrix features, double[] target, int[] groups, RunContext context) {
    Training.check(features, target, groups);
    int chosen = choosePasses(features, target, groups, context);
    return new Refitter() {
      @Override
      public Map<String, String> choices() {
        return Map.of("passes", Integer.toString(chosen));
      }

      @Override
      public Subset on(int[] rows) {
        return (subsetTarget, step) -> {
          Learning fit = new Learning(features.select(rows), subsetTarget);
          IntStream.range(0, chosen).forEach(pass -> fit.pass(step));
          return fit.fitted();
        };
      }
    };
  }

  private int choosePasses(Matrix features, double[] target, int[] groups, RunContext context) {
    Folds folds = Folds.grouped(groups, PARTS, Seeds.derive(seed, "passes"));
    int[] train = folds.outside(0);
    Matrix heldBack = features.select(folds.inside(0));
    double[] actual = Training.select(target, folds.inside(0));
    Learning fit = new Learning(features.select(train), Training.select(target, train));
    int best = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (int pass = 0; pass < passes && pass - best <= patience; pass++) {
      fit.pass(context);
      double[] predicted = fit.fitted().predict(heldBack);
      double squares = 0;
      for (int i = 0; i < actual.length; i++) {
        squares += (predicted[i] - actual[i]) * (predicted[i] - actual[i]);
      }
      if (squares < smallest) {
        smallest = squares;
        best = pass;
      }
    }
    return best + 1;
  }

  /** A network on its way. */
  private final class Learning {
    private final Standardisation standardisation;
    private final double[] x;
    private final double[] y;
    private final double mean;
    private final MlpNetwork network;
    private final MlpNetwork.Adam adam;
    private final SplittableRandom order;

    Learning(Matrix features, double[] target) {
      standardisation = Standardisation.of(features);
      x = standardisation.apply(features);
      double centre = Dense.sum(target, 0, target.length) / target.length;
      mean = centre;
      y = Arrays.stream(target).map(v -> v - centre).toArray();
      network = MlpNetwork.random(features.columns(), hidden, Seeds.random(seed, "weights"));
      adam = new MlpNetwork.Adam(network, rate, penalty);
      order = Seeds.random(seed, "order");
    }

    /** One pass over the rows in random order. */
    void pass(RunContext context) {
      int[] rows = Folds.shuffled(y.length, order);
      for (int from = 0; from < rows.length; from += BATCH) {
        context.checkCancelled();
        adam.step(x, y, Arrays.copyOfRange(rows, from, Math.min(rows.length, from + BATCH)));
      }
    }

    Fitted fitted() {
      double[] parameters = network.parameters().clone();
      return new Fitted(
          standardisation, new MlpNetwork(network.inputs(), hidden, parameters), mean);
    }
  }

  record Fitted(Standardisation standardisation, MlpNetwork network, double mean)
      implements Regressor {
    @Override
    public double[] predict(Matrix features) {
      Training.checkColumns(network.inputs(), features);
      double[] x = standardisation.apply(features);
      double[] units = new double[network.hidden()];
      double[] out = new double[features.rows()];
      for (int i = 0; i < out.length; i++) {
        out[i] = mean + network.output(x, i, units);
      }
      return out;
    }

    @Override
    public byte[] toBytes() {
      return RegressorIo.write(
          KIND,
          out -> {
            out.writeInt(network.hidden());
            RegressorIo.writeDoubles(out, standardisation.means());
            RegressorIo.writeDoubles(out, standardisation.inverseSds());
            RegressorIo.writeDoubles(out, network.parameters());
            out.writeDouble(mean);
          });
    }

    static Fitted read(DataInputStream in) throws IOException {
      int hidden = in.readInt();
      double[] means = RegressorIo.readDoubles(in);
      double[] inverseSds = RegressorIo.readDoubles(in);
      double[] parameters = RegressorIo.readDoubles(in);
      return new Fitted(
          new Standardisation(means, inverseSds),
          new MlpNetwork(means.length, hidden, parameters),
          in.readDouble());
    }
  }
}
