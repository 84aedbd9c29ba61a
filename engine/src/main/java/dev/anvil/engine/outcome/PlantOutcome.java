package dev.anvil.engine.outcome;

import dev.anvil.study.plant.PlantResult;

/** What came back of planted effects. */
public record PlantOutcome(long run, PlantResult result) implements Outcome {}
