package dev.anvil.engine.outcome;

import dev.anvil.ask.Answer;

/**
 * An answer to a question in words.
 *
 * @param words how words and pictures are brought together
 */
public record AskOutcome(long run, Answer answer, String words) implements Outcome {}
