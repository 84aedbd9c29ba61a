package dev.anvil.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.anvil.report.data.ReportData;

/** Report data as JSON text and back, so that a report can be drawn again without its run. */
public final class ReportJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private ReportJson() {}

  /** All of the data as one line of JSON. */
  public static String write(ReportData data) throws JsonProcessingException {
    return MAPPER.writeValueAsString(data);
  }

  /**
   * Reads what {@link #write} made.
   *
   * @throws JsonProcessingException when the text is something else
   */
  public static ReportData read(String json) throws JsonProcessingException {
    return MAPPER.readValue(json, ReportData.class);
  }
}
