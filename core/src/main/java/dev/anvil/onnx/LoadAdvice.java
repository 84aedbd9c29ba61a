package dev.anvil.onnx;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in words why the runtime does not load a network, and what to do. */
final class LoadAdvice {
  private static final Pattern OPERATOR =
      Pattern.compile("(\\S+) is not a registered function/op|op_type:? ?(\\S+TRT)");

  private record Advice(List<String> signs, String words) {}

  private static final List<Advice> KNOWN =
      List.of(
          new Advice(
              List.of("gridsample"),
              "found GridSample with a float64 grid, which ONNX Runtime does not run; expected"
                  + " float32: put a Cast to float before the second input of every GridSample"
                  + " (docs/models.md has the lines) and add the pack again"),
          new Advice(
              List.of("protobuf"),
              "found a file that ONNX Runtime does not read (no ONNX graph, or one that is cut"
                  + " short); expected a network"),
          new Advice(
              List.of("external data", "external_data", "external initializer"),
              "found a graph whose weights are not all beside it (%s); expected every file that"
                  + " the graph names, under the same name"));

  private LoadAdvice() {}

  /** What was found and expected, from the runtime's message. */
  static String of(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    Matcher operator = OPERATOR.matcher(message);
    if (operator.find()) {
      return "found an operator that ONNX Runtime does not have (%s); expected a graph exported for it"
          .formatted(operator.group());
    }
    return KNOWN.stream()
        .filter(k -> k.signs.stream().anyMatch(lower::contains))
        .findFirst()
        .map(k -> k.words.formatted(message.strip()))
        .orElseGet(
            () ->
                "found a file that ONNX Runtime does not read (%s); expected a network"
                    .formatted(message.strip()));
  }
}
