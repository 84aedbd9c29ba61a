package dev.anvil.lab.paper;

import static java.util.Objects.requireNonNull;

import dev.anvil.ask.Answer;
import dev.anvil.report.data.ReportData;
import java.util.List;
import java.util.Optional;

/**
 * What the paper's experiments gave.
 *
 * @param tableOne one row per encoder
 * @param exact effects on pictures that were rendered again
 * @param deterministic the same contrasts by editors that paint nothing anew, but for vehicle
 *     types, which these cannot change
 * @param generative the same by Stable Diffusion and a ControlNet, where their packs are there
 * @param generated effects on pictures that were made from words alone, where the packs are there
 * @param answers what text probing says of the contrasts that words can state
 * @param answersTruth the true effect of each, in the same order
 */
public record PaperResults(
    List<TableOne> tableOne,
    ReportData exact,
    ReportData deterministic,
    Optional<ReportData> generative,
    Optional<ReportData> generated,
    List<Answer> answers,
    List<Double> answersTruth) {
  public PaperResults {
    tableOne = List.copyOf(tableOne);
    requireNonNull(exact, "exact is null");
    requireNonNull(deterministic, "deterministic is null");
    requireNonNull(generative, "generative is null");
    requireNonNull(generated, "generated is null");
    answers = List.copyOf(answers);
    answersTruth = List.copyOf(answersTruth);
  }

  /** The edits that effects were planted in: the paper's own where they were made. */
  public ReportData main() {
    return generative.orElse(deterministic);
  }
}
