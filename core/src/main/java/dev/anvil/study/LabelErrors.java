package dev.anvil.study;

import dev.anvil.Seeds;
import dev.anvil.tags.Confusion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Errors of a study's inferred labels, by factor; factors whose labels are taken as they are have
 * none.
 *
 * @param counted as they were counted
 * @param resampled as each resampled model is to take them: counts are of few pictures
 */
record LabelErrors(Map<String, Confusion> counted, List<Map<String, Confusion>> resampled) {
  LabelErrors {
    counted = Map.copyOf(counted);
    resampled = List.copyOf(resampled);
  }

  /**
   * Resamples what was counted.
   *
   * @param models that were fitted to resampled posts
   */
  static LabelErrors of(Map<String, Confusion> counted, int models, long seed) {
    List<Map<String, Confusion>> resampled = new ArrayList<>();
    for (int k = 0; k < models; k++) {
      Map<String, Confusion> errors = new HashMap<>();
      for (Map.Entry<String, Confusion> of : counted.entrySet()) {
        errors.put(
            of.getKey(), of.getValue().resampled(Seeds.derive(seed, "label", of.getKey(), k)));
      }
      resampled.add(errors);
    }
    return new LabelErrors(counted, resampled);
  }
}
