package dev.anvil.cli;

import dev.anvil.Mend;
import dev.anvil.Problem;
import java.util.Optional;
import java.util.Set;

/** Says what would mend a problem as the option to type. */
final class Mends {
  /** Fields of another command's request. */
  private static final Set<String> OF_FIT = Set.of("group", "per", "features");

  private Mends() {}

  /** A problem with the option that mends it, if one does. */
  static String text(Problem problem) {
    return problem + option(problem.mend());
  }

  /** An option in brackets, or nothing. */
  static String option(Optional<Mend> mend) {
    return mend.map(m -> " (%s--%s %s)".formatted(command(m), m.field(), quoted(m.value())))
        .orElse("");
  }

  private static String command(Mend mend) {
    return OF_FIT.contains(mend.field()) ? "anvil fit " : "";
  }

  /** A value as a shell takes it. */
  private static String quoted(String value) {
    return value.matches("[\\p{L}\\p{N}_.,:/|-]+")
        ? value
        : "\"" + value.replace("\"", "\\\"") + "\"";
  }
}
