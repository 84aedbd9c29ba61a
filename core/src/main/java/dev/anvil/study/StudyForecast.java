package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.study.effect.Detectable;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a study will cost and what it can find.
 *
 * @param sources that it will edit, at most
 * @param pilot of them, those that were made to forecast the others
 * @param factors what their pictures cost, placebos included
 * @param analysisSeconds that estimating took on the pilot
 * @param contrasts smallest effects that it can find, of declared contrasts without placebos
 */
public record StudyForecast(
    int sources,
    int pilot,
    List<FactorCost> factors,
    double analysisSeconds,
    List<Detectable> contrasts) {
  /** Sources that a forecast is made of at least. */
  public static final int FEWEST = 5;

  public StudyForecast {
    factors = List.copyOf(factors);
    contrasts = List.copyOf(contrasts);
  }

  /**
   * What the pictures of a factor cost.
   *
   * @param pictures variants and null edits in all
   * @param toMake those of them that are still to be made after the pilot
   * @param secondsEach measured on the pilot; empty where it had nothing to make
   */
  public record FactorCost(
      String factor, String editor, int pictures, int toMake, OptionalDouble secondsEach) {
    public FactorCost {
      requireNonNull(factor, "factor is null");
      requireNonNull(editor, "editor is null");
      requireNonNull(secondsEach, "secondsEach is null");
    }
  }

  /** Pictures to make in all. */
  public int toMake() {
    return factors.stream().mapToInt(FactorCost::toMake).sum();
  }
}
