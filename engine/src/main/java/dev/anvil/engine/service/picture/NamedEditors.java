package dev.anvil.engine.service.picture;

import dev.anvil.MissingPackException;
import dev.anvil.edit.Editor;
import dev.anvil.edit.EditorKind;
import dev.anvil.edit.Editors;
import dev.anvil.engine.network.Networks;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes editors by name; one that needs a pack and is given none gets the first of its kind. */
record NamedEditors(Networks networks, Editors editors) {
  static final String PACK = "pack";

  /**
   * An editor.
   *
   * @param name empty for the one of prompts
   * @param folder paths in the parameters are relative to it
   * @throws MissingPackException when it needs a pack and there is none
   */
  Editor make(Optional<String> name, Map<String, Object> parameters, Path folder) {
    String named = name.orElse(Editors.OF_PROMPTS);
    Map<String, Object> given = new LinkedHashMap<>(parameters);
    if (!given.containsKey(PACK)) {
      Editors.kind(named)
          .flatMap(EditorKind::pack)
          .ifPresent(kind -> given.put(PACK, networks.needed(kind).manifest().name()));
    }
    return editors.create(named, given, folder);
  }
}
