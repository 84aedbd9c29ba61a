package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.study.design.Cell;
import dev.anvil.study.effect.ScoreTable;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.study.variant.Drift;
import dev.anvil.study.variant.ScoredVariant;
import dev.anvil.study.variant.VariantStudio;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a result keeps of each variant, and of what editors do by themselves.
 *
 * @param studio made the variants
 */
record VariantRecords(StudyPictures pictures, VariantStudio studio) {
  /** Source creatives per factor whose pictures are kept for the report. */
  private static final int SHOWN = 3;

  VariantRecords {
    requireNonNull(pictures, "pictures is null");
    requireNonNull(studio, "studio is null");
  }

  /** How far null edits move embeddings, for each factor that has some. */
  List<Drift> drifts() {
    StudySpec spec = pictures.spec();
    List<Drift> drifts = new ArrayList<>();
    for (Factor factor : spec.allFactors()) {
      Map<Integer, float[]> bySource = new TreeMap<>();
      for (int c = 0; c < pictures.cells().size(); c++) {
        Cell cell = pictures.cells().get(c);
        if (cell.factor().equals(factor) && cell.isNullEdit() && cell.seed() == 0) {
          bySource.putIfAbsent(cell.source(), pictures.edited()[c]);
        }
      }
      if (!bySource.isEmpty()) {
        drifts.add(
            Drift.of(
                factor.name(),
                List.copyOf(bySource.values()),
                bySource.keySet().stream().map(i -> pictures.untouched()[i]).toList(),
                Seeds.derive(spec.seed(), "probe", factor.name())));
      }
    }
    return drifts;
  }

  /** One per cell, in the study's order; the pictures of a few sources among them. */
  List<ScoredVariant> scored(ScoreTable scores, RunContext context) {
    Map<String, Set<Integer>> shown = new HashMap<>();
    List<ScoredVariant> rows = new ArrayList<>();
    for (int i = 0; i < pictures.cells().size(); i++) {
      Cell cell = pictures.cells().get(i);
      Set<Integer> sources = shown.computeIfAbsent(cell.factor().name(), f -> new HashSet<>());
      boolean show = sources.contains(cell.source()) || sources.size() < SHOWN;
      if (show) {
        sources.add(cell.source());
      }
      rows.add(
          scored(
              cell,
              pictures.checks().get(i),
              scores.againstControl(i),
              show && cell.seed() == 0
                  ? Optional.of(studio.png(cell, context))
                  : Optional.empty()));
    }
    return rows;
  }

  private static ScoredVariant scored(
      Cell cell, VariantStudio.Check check, double[] difference, Optional<String> picture) {
    return new ScoredVariant(
        cell.from().post().id(),
        cell.from().post().creative(),
        cell.factor().name(),
        cell.level(),
        cell.seed(),
        cell.editor().name() + " " + new TreeMap<>(cell.editor().parameters()),
        cell.key(),
        check.reasons().isEmpty(),
        String.join("; ", check.reasons()),
        check.outside(),
        check.outsideShare(),
        difference[0],
        difference[1],
        picture);
  }
}
