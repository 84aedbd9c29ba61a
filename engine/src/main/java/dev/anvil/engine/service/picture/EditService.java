package dev.anvil.engine.service.picture;

import dev.anvil.edit.Editor;
import dev.anvil.edit.Editors;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.outcome.EditOutcome;
import dev.anvil.engine.request.EditPicturesRequest;
import dev.anvil.engine.service.run.OutputNames;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.segment.Segmenter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes one element of pictures. */
public final class EditService implements Service<EditPicturesRequest, EditOutcome> {
  private final Parts parts;

  public EditService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Work<EditOutcome> accept(EditPicturesRequest asked) {
    return Work.of(
        asked,
        Optional.empty(),
        EditOutcome.class,
        (out, context) -> {
          try (Lease<Editors> editors = parts.networks().editors();
              Lease<Segmenter> segmenter = parts.networks().segmenter(asked.segmenter())) {
            EditBatch batch = new EditBatch(segmenter.get(), asked.element());
            return batch.run(out.run(), variants(asked, editors(asked, editors.get())), context);
          }
        });
  }

  /** One editor for each prompt, or a single one. */
  private List<Editor> editors(EditPicturesRequest asked, Editors all) {
    NamedEditors named = new NamedEditors(parts.networks(), all);
    Map<String, Object> given = new LinkedHashMap<>(asked.parameters());
    asked.pack().ifPresent(pack -> given.put(NamedEditors.PACK, pack));
    if (asked.prompts().isEmpty()) {
      return List.of(named.make(asked.editor(), given, asked.folder()));
    }
    List<Editor> out = new ArrayList<>();
    for (String prompt : asked.prompts()) {
      given.put("prompt", prompt);
      out.add(named.make(asked.editor(), given, asked.folder()));
    }
    return out;
  }

  private static Map<Path, List<EditBatch.Variant>> variants(
      EditPicturesRequest asked, List<Editor> editors) {
    OutputNames names = new OutputNames();
    boolean fresh = asked.output().file().isPresent();
    Map<Path, List<EditBatch.Variant>> out = new LinkedHashMap<>();
    for (Path picture : new LinkedHashSet<>(asked.pictures())) {
      List<EditBatch.Variant> variants = new ArrayList<>();
      for (int e = 0; e < editors.size(); e++) {
        String what = asked.prompts().isEmpty() ? editors.get(e).name() : asked.prompts().get(e);
        for (long seed : asked.seeds()) {
          Path file =
              asked
                  .output()
                  .file()
                  .orElseGet(
                      () ->
                          asked
                              .output()
                              .batch()
                              .orElseThrow()
                              .resolve(names.next(OutputNames.stem(picture), what, seed)));
          variants.add(new EditBatch.Variant(editors.get(e), seed, file, fresh));
        }
      }
      out.put(picture, variants);
    }
    return out;
  }
}
