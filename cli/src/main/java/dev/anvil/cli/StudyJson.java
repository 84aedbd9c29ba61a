package dev.anvil.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.anvil.study.StudyResult;
import dev.anvil.study.effect.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A study's result for programs: what the table says, the model alone and the notes too. */
final class StudyJson {
  private static final TypeReference<LinkedHashMap<String, Object>> FIELDS =
      new TypeReference<>() {};

  private StudyJson() {}

  static Map<String, Object> of(StudyResult result) {
    List<Map<String, Object>> effects = new ArrayList<>();
    for (int i = 0; i < result.effects().size(); i++) {
      Effect effect = result.effects().get(i);
      Map<String, Object> fields = Common.mapper().convertValue(effect, FIELDS);
      fields.put("modelAlone", result.uncorrected().get(i).relative());
      fields.put("corrected", Optional.ofNullable(result.corrected().get(effect.factor())));
      effects.add(fields);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("metric", result.spec().metric());
    json.put("effects", effects);
    json.put("accounts", result.accounts());
    json.put("notes", result.notes());
    return json;
  }
}
