package dev.anvil;

import java.util.List;

/** What is asked for (a run, a campaign, a fitted model) is not there. */
public final class NotFoundException extends AnvilException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * @param where what was asked for, for example {@code run 12}
   * @param message what was found and what was expected
   */
  public NotFoundException(String where, String message) {
    super(new Problem(where, message).toString());
    this.problem = new Problem(where, message);
  }

  @Override
  public Code code() {
    return Code.NOT_FOUND;
  }

  @Override
  public List<Problem> problems() {
    return List.of(problem);
  }
}
