package dev.anvil.report.data;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/**
 * Whether the edits of one level did what they should (docs/method.md section 3.8).
 *
 * @param factor what was edited
 * @param level what it should become
 * @param variants pictures that were checked
 * @param effective share of variants in which the level appeared, 0 to 1
 * @param outside share of the pixels outside the edited region that differ from the source, on
 *     average over the variants, 0 to 1
 * @param spilled variants with any such pixel
 * @param drift cosine distance of the null edit's embedding from its source's
 * @param probeAuc cross-validated AUC of a probe that tells null edits from originals, 0 to 1; near
 *     .5 there is no fingerprint that the model could see
 * @param passed whether the level's variants may be used
 * @param reason why, in a few words; may be empty when passed
 */
public record EditCheckRow(
    String factor,
    String level,
    int variants,
    double effective,
    double outside,
    int spilled,
    OptionalDouble drift,
    OptionalDouble probeAuc,
    boolean passed,
    String reason) {
  public EditCheckRow {
    requireNonNull(factor, "factor is null");
    requireNonNull(level, "level is null");
    requireNonNull(drift, "drift is null");
    requireNonNull(probeAuc, "probeAuc is null");
    requireNonNull(reason, "reason is null");
    Require.notNegative(variants, "variants");
    Require.share(effective, "effective");
    Require.share(outside, "outside");
    Require.notNegative(spilled, "spilled");
    if (spilled > variants) {
      throw new IllegalArgumentException(
          "spilled is %d; expected at most the %d variants".formatted(spilled, variants));
    }
    probeAuc.ifPresent(auc -> Require.share(auc, "probeAuc"));
  }
}
