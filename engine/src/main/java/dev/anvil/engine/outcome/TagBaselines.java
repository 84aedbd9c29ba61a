package dev.anvil.engine.outcome;

import dev.anvil.inside.ConceptFold;
import dev.anvil.predict.regressor.ColumnImportance;
import dev.anvil.tags.TagEffect;
import java.util.List;

/**
 * What the tags of posts are worth without edits (docs/baselines.md).
 *
 * @param importances by regressor
 * @param effects by method
 * @param steps what the model makes of the same contrasts, where it can be said
 */
public record TagBaselines(
    List<Importances> importances, List<Effects> effects, List<ConceptFold.Step> steps) {
  public TagBaselines {
    importances = List.copyOf(importances);
    effects = List.copyOf(effects);
    steps = List.copyOf(steps);
  }

  /** Importances of a regressor's columns, the largest first. */
  public record Importances(String regressor, List<ColumnImportance> columns) {
    public Importances {
      columns = List.copyOf(columns);
    }
  }

  /** Effects of tags, one per contrast. */
  public record Effects(String method, List<TagEffect> effects) {
    public Effects {
      effects = List.copyOf(effects);
    }
  }
}
