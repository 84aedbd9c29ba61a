package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.stats.Interval;
import dev.anvil.study.StudyResult;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.variant.ScoredVariant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * A study's result as tables: {@code effects}, one row per contrast, and {@code scores}, one per
 * variant.
 */
record StudyTables(Tables tables) {
  private static final StructType EFFECTS =
      StructType.fromDDL(
          "factor STRING, level STRING, reference STRING, placebo BOOLEAN, sources INT,"
              + " target DOUBLE, target_low DOUBLE, target_high DOUBLE,"
              + " relative DOUBLE, relative_low DOUBLE, relative_high DOUBLE,"
              + " p DOUBLE, adjusted_p DOUBLE, verdict STRING");

  private static final StructType SCORES =
      StructType.fromDDL(
          "post STRING, creative STRING, factor STRING, level STRING, seed INT, editor STRING,"
              + " key STRING, valid BOOLEAN, reason STRING, target DOUBLE, relative DOUBLE,"
              + " picture STRING");

  StudyTables {
    requireNonNull(tables, "tables is null");
  }

  /** Writes both. */
  void write(StudyResult study) {
    tables.write(
        "effects",
        Stream.concat(study.effects().stream(), study.placebos().stream())
            .map(StudyTables::row)
            .toList(),
        EFFECTS);
    write(study.variants());
  }

  /** Writes {@code scores} alone. */
  void write(List<ScoredVariant> variants) {
    tables.write("scores", variants.stream().map(StudyTables::row).toList(), SCORES);
  }

  private static Row row(Effect effect) {
    Interval target = effect.target();
    Interval relative = effect.relative();
    return RowFactory.create(
        effect.factor(),
        effect.level(),
        effect.reference(),
        effect.placebo(),
        effect.sources(),
        target.point(),
        target.low(),
        target.high(),
        relative.point(),
        relative.low(),
        relative.high(),
        effect.p(),
        effect.adjustedP(),
        effect.verdict().name());
  }

  private static Row row(ScoredVariant variant) {
    return RowFactory.create(
        variant.post(),
        variant.creative(),
        variant.factor(),
        variant.level(),
        variant.seed(),
        variant.editor(),
        variant.key(),
        variant.valid(),
        variant.reason(),
        variant.target(),
        variant.relative(),
        variant.picture().orElse(null));
  }
}
