package dev.anvil;

import java.util.List;
import java.util.stream.Collectors;

/** An input cannot be used; carries every problem that was found in it, not only the first. */
public non-sealed class InvalidInputException extends AnvilException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * @param problems at least one problem, in the order of the input
   */
  public InvalidInputException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("problems is empty");
    }
    this.problems = List.copyOf(problems);
  }

  public InvalidInputException(String where, String message) {
    this(List.of(new Problem(where, message)));
  }

  /** One problem, and what it was learnt from. */
  public InvalidInputException(String where, String message, Throwable cause) {
    this(where, message);
    initCause(cause);
  }

  @Override
  public final Code code() {
    return Code.INVALID_INPUT;
  }

  @Override
  public final List<Problem> problems() {
    return problems;
  }
}
