package dev.anvil.engine.outcome;

/** What came of a job. */
public interface Outcome {
  /** The run that did it. */
  long run();
}
