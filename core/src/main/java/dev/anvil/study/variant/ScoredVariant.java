package dev.anvil.study.variant;

import java.util.Optional;

/**
 * A variant with its score; a row of the study's variants table (docs/method.md section 9).
 *
 * @param post id of the source's post
 * @param creative SHA-256 of the source's bytes
 * @param factor what was varied
 * @param level what it was edited to
 * @param seed index of the seed
 * @param editor name and parameters of the editor
 * @param key hash of everything that the variant depends on
 * @param valid whether the edit passed its checks
 * @param reason why it did not
 * @param outside mean change where nothing may change, 0 to 255; must be 0
 * @param outsideShare share of the pixels that may not change which differ, 0 to 1; must be 0
 * @param target mean over refits of score(variant) - score(control), in training SDs; NaN if
 *     invalid
 * @param relative the same on the metric's own scale, as a ratio minus one; NaN if invalid
 * @param picture blob of the variant's PNG, where it was kept
 */
public record ScoredVariant(
    String post,
    String creative,
    String factor,
    String level,
    int seed,
    String editor,
    String key,
    boolean valid,
    String reason,
    double outside,
    double outsideShare,
    double target,
    double relative,
    Optional<String> picture) {}
