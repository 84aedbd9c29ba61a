package dev.anvil.engine.outcome;

import dev.anvil.study.StudyResult;

/**
 * A study's result.
 *
 * @param model run of the fit that it ran on
 */
public record StudyOutcome(long run, long model, StudyResult result) implements Outcome {}
