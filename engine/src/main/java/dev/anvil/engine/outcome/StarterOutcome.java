package dev.anvil.engine.outcome;

import java.nio.file.Path;

/**
 * A first study that was written.
 *
 * @param study the file
 */
public record StarterOutcome(long run, Path study) implements Outcome {}
