package dev.anvil.lab.paper;

import static java.util.Objects.requireNonNull;

import dev.anvil.ask.Answer;
import dev.anvil.report.data.ReportData;
import java.util.List;

/**
 * What the paper's experiments gave.
 *
 * @param tableOne one row per encoder
 * @param generative effects of generative edits with the truth, the same on exact counterfactuals,
 *     and the planted effects
 * @param deterministic the same contrasts by editors that paint nothing anew
 * @param generated effects on pictures that were made from words alone
 * @param answers what text probing says of the contrasts that words can state
 * @param answersTruth the true effect of each, in the same order
 */
public record PaperResults(
    List<TableOne> tableOne,
    ReportData generative,
    ReportData deterministic,
    ReportData generated,
    List<Answer> answers,
    List<Double> answersTruth) {
  public PaperResults {
    tableOne = List.copyOf(tableOne);
    requireNonNull(generative, "generative is null");
    requireNonNull(deterministic, "deterministic is null");
    requireNonNull(generated, "generated is null");
    answers = List.copyOf(answers);
    answersTruth = List.copyOf(answersTruth);
  }
}
