package dev.anvil.study.effect;

import dev.anvil.Seeds;
import dev.anvil.tags.Confusion;
import java.util.HashMap;
import java.util.Map;

/**
 * Errors of inferred labels, by factor; factors whose labels are taken as they are have none.
 *
 * @param counted as they were counted: they say whether labels tell levels apart at all
 * @param taken as a correction takes them
 */
public record LabelErrors(Map<String, Confusion> counted, Map<String, Confusion> taken) {
  /** No label errs. */
  public static final LabelErrors NONE = of(Map.of());

  public LabelErrors {
    counted = Map.copyOf(counted);
    taken = Map.copyOf(taken);
  }

  /** Errors to be taken as they were counted. */
  public static LabelErrors of(Map<String, Confusion> counted) {
    return new LabelErrors(counted, counted);
  }

  /** The same as other counts of as many pictures might have been. */
  public LabelErrors resampled(long seed) {
    Map<String, Confusion> again = new HashMap<>();
    for (Map.Entry<String, Confusion> of : counted.entrySet()) {
      again.put(of.getKey(), of.getValue().resampled(Seeds.derive(seed, of.getKey())));
    }
    return new LabelErrors(counted, again);
  }
}
