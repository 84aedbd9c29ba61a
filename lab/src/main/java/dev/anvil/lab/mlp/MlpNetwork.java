package dev.anvil.lab.mlp;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Inputs, one hidden layer of rectified units, one linear output.
 *
 * @param parameters weights of the hidden units by input ({@code inputs} rows of {@code hidden}),
 *     their biases, the output's weights, its bias
 */
record MlpNetwork(int inputs, int hidden, double[] parameters) {
  private static final double FIRST_MOMENT = .9;
  private static final double SECOND_MOMENT = .999;
  private static final double EPSILON = 1e-8;

  MlpNetwork {
    if (parameters.length != size(inputs, hidden)) {
      throw new IllegalArgumentException(
          "found %d parameters; expected %d".formatted(parameters.length, size(inputs, hidden)));
    }
  }

  private static int size(int inputs, int hidden) {
    return Math.addExact(Math.multiplyExact(inputs, hidden), 2 * hidden + 1);
  }

  /** Uniform weights as Glorot and Bengio 2010, biases 0. */
  static MlpNetwork random(int inputs, int hidden, SplittableRandom random) {
    double[] parameters = new double[size(inputs, hidden)];
    double bound = Math.sqrt(6.0 / (inputs + hidden));
    for (int i = 0; i < inputs * hidden; i++) {
      parameters[i] = bound * (2 * random.nextDouble() - 1);
    }
    double outputBound = Math.sqrt(6.0 / (hidden + 1));
    int outputs = (inputs + 1) * hidden;
    for (int j = 0; j < hidden; j++) {
      parameters[outputs + j] = outputBound * (2 * random.nextDouble() - 1);
    }
    return new MlpNetwork(inputs, hidden, parameters);
  }

  /** The output for one row of {@code x}; the hidden units are left in {@code units}. */
  double output(double[] x, int row, double[] units) {
    System.arraycopy(parameters, inputs * hidden, units, 0, hidden);
    for (int k = 0; k < inputs; k++) {
      double value = x[row * inputs + k];
      int at = k * hidden;
      for (int j = 0; j < hidden; j++) {
        units[j] += value * parameters[at + j];
      }
    }
    int outputs = (inputs + 1) * hidden;
    double sum = parameters[outputs + hidden];
    for (int j = 0; j < hidden; j++) {
      units[j] = Math.max(0, units[j]);
      sum += units[j] * parameters[outputs + j];
    }
    return sum;
  }

  /** Minimises half the mean squared error, with squared weights, by Adam (Kingma and Ba 2015). */
  static final class Adam {
    private final MlpNetwork network;
    private final double rate;
    private final double penalty;
    private final double[] first;
    private final double[] second;
    private final double[] gradient;
    private int steps;

    /**
     * Starts from a network, whose parameters it changes.
     *
     * @param penalty on half the squared weights, divided by the rows of a step
     */
    Adam(MlpNetwork network, double rate, double penalty) {
      this.network = network;
      this.rate = rate;
      this.penalty = penalty;
      this.first = new double[network.parameters().length];
      this.second = new double[first.length];
      this.gradient = new double[first.length];
    }

    /** One step on some rows. */
    void step(double[] x, double[] target, int[] rows) {
      fillGradient(x, target, rows);
      steps++;
      double scaled =
          rate
              * Math.sqrt(1 - Math.pow(SECOND_MOMENT, steps))
              / (1 - Math.pow(FIRST_MOMENT, steps));
      double[] parameters = network.parameters();
      for (int i = 0; i < parameters.length; i++) {
        double g = gradient[i] / rows.length;
        first[i] = FIRST_MOMENT * first[i] + (1 - FIRST_MOMENT) * g;
        second[i] = SECOND_MOMENT * second[i] + (1 - SECOND_MOMENT) * g * g;
        parameters[i] -= scaled * first[i] / (Math.sqrt(second[i]) + EPSILON);
      }
    }

    private void fillGradient(double[] x, double[] target, int[] rows) {
      int inputs = network.inputs();
      int hidden = network.hidden();
      double[] parameters = network.parameters();
      int biases = inputs * hidden;
      int outputs = biases + hidden;
      Arrays.fill(gradient, 0);
      double[] units = new double[hidden];
      double[] back = new double[hidden];
      for (int row : rows) {
        double error = network.output(x, row, units) - target[row];
        for (int j = 0; j < hidden; j++) {
          back[j] = units[j] > 0 ? error * parameters[outputs + j] : 0;
          gradient[biases + j] += back[j];
          gradient[outputs + j] += error * units[j];
        }
        gradient[outputs + hidden] += error;
        for (int k = 0; k < inputs; k++) {
          double value = x[row * inputs + k];
          int at = k * hidden;
          for (int j = 0; j < hidden; j++) {
            gradient[at + j] += value * back[j];
          }
        }
      }
      for (int i = 0; i < biases; i++) {
        gradient[i] += penalty * parameters[i];
      }
      for (int j = 0; j < hidden; j++) {
        gradient[outputs + j] += penalty * parameters[outputs + j];
      }
    }
  }
}
