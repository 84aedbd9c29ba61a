package dev.anvil.engine.service.picture;

import dev.anvil.RunContext;
import dev.anvil.edit.Editor;
import dev.anvil.edit.Editors;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.outcome.WhatIfOutcome;
import dev.anvil.engine.request.WhatIfRequest;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.store.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Edits one picture and scores it before and after. */
public final class WhatIfService implements Service<WhatIfRequest, WhatIfOutcome> {
  private final Parts parts;

  public WhatIfService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Work<WhatIfOutcome> accept(WhatIfRequest asked) {
    Run fit = parts.models().fit(asked.model());
    Path output = asked.output().orElse(parts.folder().resolve("what-if"));
    WhatIfRequest filled =
        new WhatIfRequest(
            Optional.of(fit.id()),
            asked.picture(),
            asked.element(),
            asked.editor(),
            asked.parameters(),
            asked.folder(),
            asked.seeds(),
            Optional.of(output));
    return Work.of(
        filled,
        Optional.empty(),
        WhatIfOutcome.class,
        (out, context) -> edit(fit, filled, out.run(), context));
  }

  private WhatIfOutcome edit(Run fit, WhatIfRequest asked, long run, RunContext context)
      throws IOException {
    try (ModelView view = ModelView.open(parts, fit, Optional.empty());
        Lease<Editors> editors = parts.networks().editors()) {
      Editor editor =
          new NamedEditors(parts.networks(), editors.get())
              .make(asked.editor(), asked.parameters(), asked.folder());
      return new WhatIf(view, editor, asked, context).outcome(run);
    }
  }
}
