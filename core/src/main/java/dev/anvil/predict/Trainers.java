package dev.anvil.predict;

import dev.anvil.InvalidInputException;
import dev.anvil.predict.regressor.Blend;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.XgBoost;
import java.util.List;

/** Finds again what a model was fitted with. */
final class Trainers {
  private Trainers() {}

  /**
   * The trainer of a model; ridge at the penalty that was chosen, others choose again, and the same
   * from the same posts.
   *
   * @throws InvalidInputException when models are not fitted by a trainer of that name
   */
  static Trainer of(FittedModel.Description model, int threads) {
    List<Trainer> known =
        List.of(
            model.trainer().equals(Ridge.KIND)
                ? Ridge.of(Double.parseDouble(model.settings().get("penalty")))
                : Ridge.chosen(),
            XgBoost.light(threads, model.seed()),
            XgBoost.fast(threads, model.seed()),
            XgBoost.paper(threads, model.seed()),
            Blend.ridgeAndTrees(threads, model.seed()));
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
}
