package dev.anvil.lab.accounts;

import dev.anvil.RunContext;
import dev.anvil.edit.EditRequest;
import dev.anvil.edit.Edited;
import dev.anvil.edit.Editor;
import java.util.Map;

/** Stands for the change of an embedding; there is no picture to edit. */
record Rewriting() implements Editor {
  static final String NAME = "rewriting";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of();
  }

  @Override
  public Edited edit(EditRequest request, RunContext context) {
    throw new UnsupportedOperationException("embeddings are simulated; there is no picture");
  }
}
