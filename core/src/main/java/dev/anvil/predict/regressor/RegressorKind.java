package dev.anvil.predict.regressor;

import static java.util.Objects.requireNonNull;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A kind of regressor: how its regressors are read from bytes, and the trainers that make them.
 *
 * <p>The kinds that come with Anvil are listed in {@link Regressors}. Those of another jar are
 * found by {@link java.util.ServiceLoader}, and need a constructor without parameters.
 */
public interface RegressorKind {
  /** The name that {@link RegressorIo#write} was given, which its bytes begin with. */
  String name();

  /**
   * Reads what a regressor of this kind wrote after its name; the same bits are predicted.
   *
   * @throws IOException when the bytes end too early
   */
  Regressor read(DataInputStream in) throws IOException;

  /**
   * Trainers by which models may have been fitted, so that a model can be fitted again; none where
   * models are not fitted by this kind.
   */
  default List<Trainer> trainers(Learned model) {
    return List.of();
  }

  /** Trainers that every fit compares, of which the best one scores studies. */
  default List<Trainer> candidates(int threads, long seed) {
    return List.of();
  }

  /**
   * What is known of how a model was fitted.
   *
   * @param trainer its trainer's name
   * @param settings of the trainer, and what it chose from the data
   * @param seed of all that was random
   * @param threads to fit it again with
   */
  record Learned(String trainer, Map<String, String> settings, long seed, int threads) {
    public Learned {
      requireNonNull(trainer, "trainer is null");
      settings = Map.copyOf(settings);
    }
  }

  /** A kind of which nothing is to be said but how its regressors are read. */
  static RegressorKind of(String name, Reader reader) {
    return new RegressorKind() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Regressor read(DataInputStream in) throws IOException {
        return reader.read(in);
      }
    };
  }

  /** Reads one regressor. */
  @FunctionalInterface
  interface Reader {
    Regressor read(DataInputStream in) throws IOException;
  }
}
