package dev.anvil.engine.service.study;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.engine.outcome.StarterOutcome;
import dev.anvil.engine.request.StarterRequest;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.predict.FittedModel;
import dev.anvil.study.label.LabelFinder;
import dev.anvil.study.starter.StarterFiles;
import dev.anvil.study.starter.StarterStudy;
import java.util.List;
import java.util.Optional;

/** Writes first studies. */
public final class StarterService implements Service<StarterRequest, StarterOutcome> {
  private final Parts parts;

  public StarterService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Work<StarterOutcome> accept(StarterRequest asked) {
    StarterFiles files = new StarterFiles(asked.study());
    files.checkFree();
    StarterRequest filled =
        new StarterRequest(Optional.of(parts.models().fit(asked.model()).id()), asked.study());
    return Work.of(
        filled,
        Optional.empty(),
        StarterOutcome.class,
        (out, context) -> {
          try (ModelView view =
              ModelView.open(parts, parts.models().fit(filled.model()), Optional.empty())) {
            write(view, files, context);
          }
          return new StarterOutcome(out.run(), filled.study());
        });
  }

  private static void write(ModelView view, StarterFiles files, RunContext context) {
    FittedModel.Description model = view.model().description();
    List<Post> posts = view.campaign().posts();
    LabelFinder labels =
        new LabelFinder(view.segmentations(), view.working().results(), Optional::empty);
    new StarterStudy(view.segmentations(), labels, view.encoder())
        .write(
            new StarterStudy.Campaign(
                model.metric(),
                model.subject(),
                posts,
                view.posts(context).encode(posts, context),
                model.groups()),
            files,
            context);
  }
}
