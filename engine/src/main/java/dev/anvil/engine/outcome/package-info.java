package dev.anvil.engine.outcome;
