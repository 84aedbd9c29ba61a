package dev.anvil;

import java.util.List;

/** It cannot be done in the present state, or while something else is done. */
public final class ConflictException extends AnvilException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * @param where what stands in the way, for example {@code workspace}
   * @param message what was found and what was expected
   */
  public ConflictException(String where, String message) {
    super(new Problem(where, message).toString());
    this.problem = new Problem(where, message);
  }

  @Override
  public Code code() {
    return Code.CONFLICT;
  }

  @Override
  public List<Problem> problems() {
    return List.of(problem);
  }
}
