package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.study.StudyWork;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Subject;
import dev.anvil.study.design.Cell;
import dev.anvil.study.label.LabelFinder;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.study.variant.VariantStudio;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Has the pictures of a study made, checked and encoded by executors. */
final class StudyJob {
  /** Sources per factor whose pictures a study's result keeps. */
  private static final int SHOWN = 3;

  private final Parts parts;
  private final CampaignSpread spread;
  private final Optional<String> pngs;

  /**
   * A job.
   *
   * @param pngs folder for the pictures of all variants; empty to keep those alone that reports
   *     show
   */
  StudyJob(Parts parts, CampaignSpread spread, Optional<String> pngs) {
    this.parts = requireNonNull(parts, "parts is null");
    this.spread = requireNonNull(spread, "spread is null");
    this.pngs = requireNonNull(pngs, "pngs is null");
  }

  /** Fills the stores with all that the study's own service would otherwise make. */
  void prepare(StudyOnModel asked, RunContext context) {
    StudyWork studies = new StudyWork(parts);
    StudyOnModel what = studies.resolve(asked);
    try (ModelView view = studies.view(what)) {
      look(view, what.study(), context);
      vary(studies, view, what.study(), context);
    }
  }

  private void look(ModelView view, StudyText study, RunContext context) {
    SegmentationCache segmentations = view.segmentations();
    CampaignEncoder encoder = view.posts(context);
    LabelFinder labels = new LabelFinder(segmentations, parts.stores().results(), Optional::empty);
    List<Factor> painted = study.spec().factors().stream().filter(LabelFinder::usesPaint).toList();
    spread.posts(
        "look at posts",
        view.campaign().posts(),
        post ->
            segmentations.isKnown(post)
                && encoder.isKnown(post)
                && painted.stream().allMatch(f -> labels.knowsPaint(post, f.element())),
        post -> List.of(),
        PostPiece.study(
            view.segmenterChoice(),
            view.request().encoder(),
            view.model().description().subject(),
            study.text()),
        context);
  }

  private void vary(StudyWork studies, ModelView view, StudyText study, RunContext context) {
    SegmentationCache segmentations = view.segmentations();
    Subject subject = view.model().description().subject();
    VariantStudio studio =
        new VariantStudio(segmentations, view.pipeline(context), parts.stores(), subject);
    List<Cell> cells = studies.cells(view, study, context);
    Map<String, Set<Integer>> shown = new HashMap<>();
    Map<String, List<Kept>> elements = new HashMap<>();
    KnownElements known = new KnownElements(segmentations.segmenter(), parts.stores().results());
    Set<String> asked = new HashSet<>();
    List<Cell> pending = new ArrayList<>();
    List<Item> items = new ArrayList<>();
    for (Cell cell : cells) {
      // a generated source is known by words that only the driver has; its variants are made there
      if (cell.from().words().isEmpty() && asked.add(cell.key()) && !studio.isKnown(cell)) {
        Set<Integer> first = shown.computeIfAbsent(cell.factor().name(), factor -> new HashSet<>());
        if (first.size() < SHOWN) {
          first.add(cell.source());
        }
        boolean png = pngs.isPresent() || (cell.seed() == 0 && first.contains(cell.source()));
        Post post = cell.from().post();
        pending.add(cell);
        items.add(
            Item.of(
                cell.key(),
                Json.write(new VariantPiece.Asked(post, cell.from().group(), cell.key(), png)),
                elements.computeIfAbsent(post.creative(), c -> known.of(post))));
      }
    }
    String run =
        spread.run(
            "make variants",
            items,
            new VariantPiece(
                view.request().encoder().text(),
                view.segmenterChoice().text(),
                new ArrayList<>(subject.labels()),
                Json.write(study),
                pngs.orElse(null)),
            context);
    spread.reconcile(
        "make variants",
        run,
        pending.stream().filter(cell -> !studio.isKnown(cell)).map(Cell::key).toList());
  }
}
