package dev.anvil.edit;

import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import java.util.Map;

/** Changes nothing: the control of exact editors and a placebo. */
public final class NullEdit implements Editor {
  static final EditorKind KIND =
      EditorKind.of(
          "none",
          (given, editors) -> {
            given.check();
            return new NullEdit();
          });

  @Override
  public String name() {
    return "none";
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of();
  }

  @Override
  public boolean mustChange(EditRequest request) {
    return false;
  }

  @Override
  public Edited edit(EditRequest request, RunContext context) {
    return new Edited(
        request.source(), Mask.empty(request.source().width(), request.source().height()));
  }
}
