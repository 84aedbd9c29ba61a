package dev.anvil.predict.regressor;

import dev.anvil.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The kinds of regressors that there are. */
public final class Regressors {
  /** Every kind. A new one is a class and a line here. */
  private static final List<RegressorKind> BUNDLED =
      List.of(MeanOnly.FORMAT, Ridge.FORMAT, XgBoost.FORMAT, Blend.FORMAT);

  private static final Map<String, RegressorKind> KINDS = kinds();

  private Regressors() {}

  /** The kind of a name, empty where there is none. */
  static Optional<RegressorKind> kind(String name) {
    return Optional.ofNullable(KINDS.get(name));
  }

  /** Trainers that every fit compares, of which the best one scores studies. */
  public static List<Trainer> candidates(int threads, long seed) {
    return KINDS.values().stream().flatMap(k -> k.candidates(threads, seed).stream()).toList();
  }

  /**
   * The trainer of a model; ridge at the penalty that was chosen, others choose again, and the same
   * from the same posts.
   *
   * @throws InvalidInputException when models are not fitted by a trainer of that name
   */
  public static Trainer trainer(RegressorKind.Learned model) {
    List<Trainer> known = KINDS.values().stream().flatMap(k -> k.trainers(model).stream()).toList();
    return known.stream()
        .filter(trainer -> trainer.name().equals(model.trainer()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "regressor",
                    "found \"%s\"; expected one of %s"
                        .formatted(model.trainer(), known.stream().map(Trainer::name).toList())));
  }

  private static Map<String, RegressorKind> kinds() {
    Map<String, RegressorKind> kinds = new LinkedHashMap<>();
    List<RegressorKind> all = new ArrayList<>(BUNDLED);
    ServiceLoader.load(RegressorKind.class).forEach(all::add);
    for (RegressorKind kind : all) {
      if (kinds.putIfAbsent(kind.name(), kind) != null) {
        throw new IllegalStateException("two kinds of regressors are called " + kind.name());
      }
    }
    return kinds;
  }
}
