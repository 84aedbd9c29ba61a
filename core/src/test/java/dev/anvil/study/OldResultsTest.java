package dev.anvil.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.anvil.study.StudyResult.InterimAnalysis;
import dev.anvil.study.plant.Calibration;
import dev.anvil.study.spec.LabelRule;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Results that were kept under the names that their fields had before. */
class OldResultsTest {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

  @Test
  void aStudyIsReadByTheOldNamesOfItsFields() throws IOException {
    StudySpec spec =
        StudyFile.parse(
            """
            anvil: study/1
            factors:
              person:
                element: person
                editor: remove
                levels:
                  removed: {labels: {without: person}}
                  other: {}
            """,
            "study.yaml");
    StudyResult result =
        new StudyResult(
            spec,
            "hash",
            List.of("1"),
            List.of(new InterimAnalysis(1, .95, .1)),
            2,
            List.of(),
            List.of(),
            Map.of("person", "label rules"),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    String old =
        JSON.writeValueAsString(result)
            .replace("\"interimAnalyses\":[{", "\"looks\":[{")
            .replace("\"uncorrected\":", "\"seen\":")
            .replace("\"labels\":", "\"marks\":")
            .replace("\"notes\":[],", "");

    assertThat(old).contains("\"looks\":", "\"seen\":", "\"marks\":");
    assertThat(JSON.readValue(old, StudyResult.class)).isEqualTo(result);
  }

  @Test
  void aCalibrationIsReadByTheOldNameOfItsRule() throws IOException {
    Calibration calibration =
        new Calibration(
            "person",
            "removed",
            "control",
            Optional.of(LabelRule.without("person")),
            3,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "too few sources");
    String old = JSON.writeValueAsString(calibration).replace("\"rule\":", "\"mark\":");

    assertThat(old).contains("\"mark\":");
    assertThat(JSON.readValue(old, Calibration.class)).isEqualTo(calibration);
  }
}
