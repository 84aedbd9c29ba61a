package dev.anvil.report.data;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What would make the same report again (docs/method.md section 9).
 *
 * @param runId in the workspace's ledger
 * @param seed of everything random
 * @param codeVersion of Anvil
 * @param studyHash SHA-256 of the study file
 * @param packs model pack to the hash of its files
 * @param regressorSettings setting to value
 * @param command that reproduces the run
 */
public record Provenance(
    String runId,
    long seed,
    String codeVersion,
    String studyHash,
    Map<String, String> packs,
    Map<String, String> regressorSettings,
    String command) {
  public Provenance {
    requireNonNull(runId, "runId is null");
    requireNonNull(codeVersion, "codeVersion is null");
    requireNonNull(studyHash, "studyHash is null");
    packs = Collections.unmodifiableMap(new LinkedHashMap<>(packs));
    regressorSettings = Collections.unmodifiableMap(new LinkedHashMap<>(regressorSettings));
    requireNonNull(command, "command is null");
  }
}
