package dev.anvil.engine.outcome;

/** What came back of planted effects. */
public record PlantOutcome(long run, PlantResult result) implements Outcome {}
