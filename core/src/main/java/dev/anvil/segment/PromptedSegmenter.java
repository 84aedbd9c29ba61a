package dev.anvil.segment;

import dev.anvil.RunContext;
import dev.anvil.image.Picture;
import java.util.Optional;

/**
 * Finds the one element of a picture that a prompt points at. Deterministic; safe for use from
 * several threads.
 */
public interface PromptedSegmenter extends AutoCloseable {
  /** Names the method and, by hash, its weights: equal ids give equal results. */
  String id();

  /**
   * The element, labelled as the prompt says; empty when nothing in the picture answers to it.
   *
   * @throws dev.anvil.InvalidInputException when this segmenter does not take such prompts
   * @throws dev.anvil.CancelledException when the work is to stop
   */
  Optional<Element> find(Picture picture, Prompt prompt, RunContext context);

  /** As above, without a way to stop. */
  default Optional<Element> find(Picture picture, Prompt prompt) {
    return find(picture, prompt, RunContext.NONE);
  }

  @Override
  void close();
}
