package dev.anvil.report.data;

import static java.util.Objects.requireNonNull;

import dev.anvil.predict.MetadataChoice;
import dev.anvil.predict.PictureGain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fit in words, kept with it.
 *
 * @param metric that was learned
 * @param learned what it was learned from, a sentence
 * @param chosen what was chosen and how well it does, a sentence
 * @param skill what it explains of unseen posts; empty where that was not tested
 * @param gain what pictures add to metadata; empty where that was not tested
 * @param columns metadata that was learned from, and that was not
 * @param notes what else a person should know, in sentences
 */
public record FitSummary(
    String metric,
    String learned,
    String chosen,
    Optional<Skill> skill,
    Optional<PictureGain> gain,
    MetadataChoice columns,
    List<String> notes) {
  public FitSummary {
    requireNonNull(metric, "metric is null");
    requireNonNull(learned, "learned is null");
    requireNonNull(chosen, "chosen is null");
    requireNonNull(skill, "skill is null");
    requireNonNull(gain, "gain is null");
    requireNonNull(columns, "columns is null");
    notes = List.copyOf(notes);
  }

  /** The same with further notes before these. */
  public FitSummary and(List<String> more) {
    List<String> all = new ArrayList<>(more);
    all.addAll(notes);
    return new FitSummary(metric, learned, chosen, skill, gain, columns, all);
  }

  /** Whether the model is shown to explain the metric. */
  public boolean explains() {
    return skill.map(Skill::shows).orElse(false);
  }

  /** What was learned from and what was chosen; first of all that nothing is explained, if so. */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    if (skill.isPresent() && !explains()) {
      sentences.add(Skill.headline(metric) + ".");
    }
    sentences.add(learned);
    sentences.add(chosen);
    gain.map(PictureGain::sentence).ifPresent(sentences::add);
    return sentences;
  }
}
