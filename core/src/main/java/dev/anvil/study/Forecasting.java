package dev.anvil.study;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.predict.FittedModel;
import dev.anvil.study.StudyForecast.FactorCost;
import dev.anvil.study.StudyPictureMaker.Growth;
import dev.anvil.study.StudyPictureMaker.Plan;
import dev.anvil.study.design.Cell;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.label.KnownLabels;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.study.variant.VariantStudio;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Forecasts studies: makes some of their sources, and takes the time. */
record Forecasting(
    FittedModel model, StudyPictureMaker maker, VariantStudio studio, RuleLabeller labeller) {
  private static final double NANOS = 1e9;

  StudyForecast of(
      StudySpec spec,
      Path folder,
      List<Post> posts,
      List<Post> learned,
      CampaignEncoder encoder,
      int pilot,
      RunContext context) {
    int count = Math.min(pilot, spec.sources().count());
    StudySpec some = spec.with(spec.sources().withCount(count));
    Plan small = maker.plan(some, folder, posts, context);
    if (small.sources().size() < StudyForecast.FEWEST) {
      throw new InvalidInputException(
          "sources",
          "found %d that qualify; expected %d or more for a forecast"
              .formatted(small.sources().size(), StudyForecast.FEWEST));
    }
    boolean generates = spec.sources().generation().isPresent();
    Plan whole = generates ? small : maker.plan(spec, folder, posts, context);
    int sources = generates ? spec.sources().count() : whole.sources().size();
    Map<Factor, OptionalDouble> seconds = make(spec, small, context);
    Map<Factor, Integer> unmade = unmade(whole);
    List<FactorCost> costs = new ArrayList<>();
    for (Factor factor : spec.allFactors()) {
      int planned = cells(whole, factor).size() * sources / whole.sources().size();
      costs.add(
          new FactorCost(
              factor.name(),
              factor.editor(),
              planned,
              generates ? planned - cells(small, factor).size() : unmade.getOrDefault(factor, 0),
              seconds.get(factor)));
    }
    long began = System.nanoTime();
    StudyPictures pictures = maker.make(some, small, Growth.NONE, context);
    float[][] embeddings = encoder.encode(learned, context);
    ScoredStudy scored =
        new PreparedStudy(
                pictures,
                labeller.withVariants(labeller.ofPosts(spec, posts, context), pictures, context),
                KnownLabels.read(spec, folder, posts),
                EstimationSettings.of(spec))
            .score(model, learned, context);
    BiasCorrected corrected =
        scored.corrected(embeddings, scored.inferLabels(embeddings, context), context);
    return new StudyForecast(
        sources, small.sources().size(), costs, seconds(began), corrected.detectable(sources));
  }

  private static List<Cell> cells(Plan plan, Factor factor) {
    return plan.cells().stream().filter(c -> c.factor().equals(factor)).toList();
  }

  private Map<Factor, Integer> unmade(Plan plan) {
    Map<Factor, Integer> unmade = new HashMap<>();
    for (Cell cell : plan.cells()) {
      if (!studio.isKnown(cell)) {
        unmade.merge(cell.factor(), 1, Integer::sum);
      }
    }
    return unmade;
  }

  /** Makes the pictures of a pilot factor by factor; seconds of a picture where some were made. */
  private Map<Factor, OptionalDouble> make(StudySpec spec, Plan pilot, RunContext context) {
    Map<Factor, OptionalDouble> seconds = new HashMap<>();
    try (Phase phase = context.start("pilot", spec.allFactors().size())) {
      for (Factor factor : spec.allFactors()) {
        List<Cell> cells = cells(pilot, factor).stream().filter(c -> !studio.isKnown(c)).toList();
        long began = System.nanoTime();
        if (!cells.isEmpty()) {
          studio.encode(cells, phase.context());
        }
        seconds.put(
            factor,
            cells.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(seconds(began) / cells.size()));
        phase.step(1);
      }
    }
    return seconds;
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / NANOS;
  }
}
