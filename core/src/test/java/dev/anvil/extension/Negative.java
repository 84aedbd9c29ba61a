package dev.anvil.extension;

import dev.anvil.RunContext;
import dev.anvil.edit.EditRequest;
import dev.anvil.edit.Edited;
import dev.anvil.edit.Editor;
import dev.anvil.edit.EditorKind;
import dev.anvil.edit.Editors;
import dev.anvil.edit.Parameters;
import dev.anvil.edit.PasteBack;
import dev.anvil.image.Picture;
import java.util.Map;

/** An editor from outside: an element as on a photographic negative. */
public final class Negative implements EditorKind, Editor {
  @Override
  public String name() {
    return "negative";
  }

  @Override
  public Editor create(Parameters given, Editors editors) {
    given.check();
    return this;
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of();
  }

  @Override
  public Edited edit(EditRequest request, RunContext context) {
    Picture source = request.source();
    byte[] rgb = source.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) ~rgb[i];
    }
    return PasteBack.paste(
        source, new Picture(source.width(), source.height(), rgb), request.mask());
  }
}
