package dev.anvil.engine.service.study;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.engine.outcome.LabelOutcome;
import dev.anvil.engine.request.LabelRequest;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.report.LabelPage;
import dev.anvil.study.label.KnownLabels;
import dev.anvil.study.label.LabelSample;
import dev.anvil.study.label.LabelTable;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes pages on which people label posts. */
public final class LabelService implements Service<LabelRequest, LabelOutcome> {
  private final StudyWork studies;

  public LabelService(Parts parts) {
    this.studies = new StudyWork(parts);
  }

  @Override
  public Work<LabelOutcome> accept(LabelRequest asked) {
    StudyOnModel what = studies.resolve(asked.what());
    Factor factor = factor(what.study().spec(), asked.factor());
    LabelRequest filled =
        new LabelRequest(what, Optional.of(factor.name()), asked.count(), asked.page());
    return Work.of(
        filled,
        Optional.empty(),
        LabelOutcome.class,
        (out, context) -> write(filled, factor, out.run(), context));
  }

  private static Factor factor(StudySpec spec, Optional<String> name) {
    List<Factor> factors = spec.factors().stream().filter(f -> !f.combines()).toList();
    List<String> names = factors.stream().map(Factor::name).toList();
    if (name.isEmpty() && factors.size() == 1) {
      return factors.get(0);
    }
    return factors.stream()
        .filter(f -> name.isPresent() && f.name().equals(name.get()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "factor",
                    "found %s; expected one of the study's factors %s"
                        .formatted(name.map(n -> '"' + n + '"').orElse("none"), names)));
  }

  private LabelOutcome write(LabelRequest asked, Factor factor, long run, RunContext context)
      throws IOException {
    StudyOnModel what = asked.what();
    StudySpec spec = what.study().spec();
    ModelView view = studies.view(what);
    try (StudyWork.Studio studio = studies.studio(view, context)) {
      List<Post> posts = view.campaign().posts();
      Map<String, String> known = KnownLabels.read(spec, what.study().folder(), posts).of(factor);
      Map<String, String> labels = new HashMap<>();
      if (view.learned().stream().anyMatch(post -> !known.containsKey(post.id()))) {
        labels.putAll(
            studio.runner().inferred(spec, factor, what.study().folder(), posts, context));
      }
      labels.putAll(known);
      List<Post> sample = LabelSample.of(view.learned(), labels, known, asked.count(), spec.seed());
      LabelPage page =
          new LabelPictures(factor, view.learned(), known)
              .page(spec, table(what, spec), sample, context);
      Files.createDirectories(asked.page().getParent());
      Files.writeString(asked.page(), page.html());
      return new LabelOutcome(
          run, asked.page(), factor.name(), sample.size(), known.size(), spec.labelFile());
    }
  }

  /** The label file as it is, so that nothing in it is lost. */
  private static LabelTable table(StudyOnModel what, StudySpec spec) {
    return spec.labelFile()
        .map(file -> LabelTable.read(what.study().folder().resolve(file)))
        .orElse(LabelTable.EMPTY);
  }
}
