package dev.anvil.report.section;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Vega-Lite chart: a fixed specification and the data that it draws.
 *
 * @param id unique on its page
 * @param spec name of the specification in {@code charts/}
 * @param alternative what the chart shows, for those who cannot see it
 * @param lines rows of marks, for a chart whose specification gives the height of one; else 1
 * @param data rows by the name that the specification gives to them
 */
public record Chart(
    String id, String spec, String alternative, int lines, Map<String, List<Row>> data) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Chart(String id, String spec, String alternative, Map<String, List<Row>> data) {
    this(id, spec, alternative, 1, data);
  }

  /** The place of the chart and its specification, to be drawn by the report's script. */
  public Html html() {
    return Html.of(
        """
        <div class="chart" data-chart="{}" data-spec="{}" role="img" aria-label="{}"></div>
        <script type="application/json" id="{}">{}</script>\
        """,
        id,
        spec,
        alternative,
        id,
        Html.raw(forScript(specification())));
  }

  private String specification() {
    try {
      ObjectNode node = (ObjectNode) JSON.readTree(Resources.text("charts/" + spec + ".json"));
      if (node.path("height").has("step")) {
        // A width by the container and a height by the step do not go together in Vega-Lite.
        node.put("height", node.path("height").path("step").intValue() * lines);
      }
      Map<String, List<Map<String, Object>>> datasets = new LinkedHashMap<>();
      data.forEach((name, rows) -> datasets.put(name, rows.stream().map(Row::values).toList()));
      node.set("datasets", JSON.valueToTree(datasets));
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("charts/" + spec + ".json is no JSON", e);
    }
  }

  /** JSON that cannot end the script element that it stands in. */
  public static String forScript(String json) {
    return json.replace("<", "\\u003c");
  }

  /** A row of data, in which numbers that are not finite are left out. */
  public static final class Row {
    private final Map<String, Object> values = new LinkedHashMap<>();

    public static Row of(String name, Object value) {
      return new Row().and(name, value);
    }

    public Row and(String name, Object value) {
      if (!(value instanceof Double number) || Double.isFinite(number)) {
        values.put(name, value);
      }
      return this;
    }

    private Map<String, Object> values() {
      return values;
    }
  }
}
