package dev.anvil.report.data;

import static java.util.Objects.requireNonNull;

import dev.anvil.study.effect.AccountEffects;
import dev.anvil.study.effect.Effect;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a report shows; plain values, so that it can be kept as JSON and drawn again.
 *
 * @param heading what the report is about
 * @param factors one per factor, in the order in which they are shown
 * @param placebos contrasts that ought to be nil, each with {@link Effect#placebo()} set
 * @param editChecks one per edited level
 * @param model how well the regressor predicts; empty leaves the section out
 * @param posts oldest first; the figures of the metric and of the model are drawn from them
 * @param health what was read; empty leaves the section out
 * @param provenance what would make the same report again
 * @param experiments what was tried on the model besides the study
 * @param warnings further sentences that a reader must see before the results; the report adds its
 *     own for failed checks, a poor model and few sources
 * @param accounts effects by account, where posts belong to several
 * @param links to the pictures behind the numbers, where a reader can get at them
 */
public record ReportData(
    Heading heading,
    List<FactorResult> factors,
    List<Effect> placebos,
    List<EditCheckRow> editChecks,
    Optional<ModelResult> model,
    List<PostResult> posts,
    Optional<DataHealth> health,
    Provenance provenance,
    Experiments experiments,
    List<String> warnings,
    List<AccountEffects> accounts,
    Optional<PictureLinks> links) {
  /** Of posts of one account, without links. */
  public ReportData(
      Heading heading,
      List<FactorResult> factors,
      List<Effect> placebos,
      List<EditCheckRow> editChecks,
      Optional<ModelResult> model,
      List<PostResult> posts,
      Optional<DataHealth> health,
      Provenance provenance,
      Experiments experiments,
      List<String> warnings) {
    this(
        heading,
        factors,
        placebos,
        editChecks,
        model,
        posts,
        health,
        provenance,
        experiments,
        warnings,
        List.of(),
        Optional.empty());
  }

  /** Nothing was tried besides. */
  public ReportData(
      Heading heading,
      List<FactorResult> factors,
      List<Effect> placebos,
      List<EditCheckRow> editChecks,
      Optional<ModelResult> model,
      List<PostResult> posts,
      Optional<DataHealth> health,
      Provenance provenance,
      List<String> warnings) {
    this(
        heading,
        factors,
        placebos,
        editChecks,
        model,
        posts,
        health,
        provenance,
        Experiments.NONE,
        warnings);
  }

  public ReportData {
    requireNonNull(experiments, "experiments is null");
    requireNonNull(heading, "heading is null");
    factors = List.copyOf(factors);
    placebos = List.copyOf(placebos);
    editChecks = List.copyOf(editChecks);
    requireNonNull(model, "model is null");
    posts = List.copyOf(posts);
    requireNonNull(health, "health is null");
    requireNonNull(provenance, "provenance is null");
    warnings = List.copyOf(warnings);
    accounts = accounts == null ? List.of() : List.copyOf(accounts);
    links = links == null ? Optional.empty() : links;
    for (Effect placebo : placebos) {
      if (!placebo.placebo()) {
        throw new IllegalArgumentException(
            "placebos has %s %s, which is no placebo".formatted(placebo.factor(), placebo.level()));
      }
    }
  }

  /** The same with links to the pictures behind the numbers. */
  public ReportData with(PictureLinks pictures) {
    return new ReportData(
        heading,
        factors,
        placebos,
        editChecks,
        model,
        posts,
        health,
        provenance,
        experiments,
        warnings,
        accounts,
        Optional.of(pictures));
  }

  /** All effects of all factors, in the order of the report. */
  public List<EffectResult> effects() {
    return factors.stream().flatMap(factor -> factor.effects().stream()).toList();
  }
}
