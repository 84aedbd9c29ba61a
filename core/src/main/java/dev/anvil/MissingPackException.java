package dev.anvil;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A model pack that is needed is not installed. */
public final class MissingPackException extends AnvilException {
  private static final long serialVersionUID = 1L;

  private final String pack;
  private final transient Problem problem;

  /**
   * @param pack name of the pack
   * @param where who asked for it, for example {@code model pack clip}
   * @param message where it was looked for, and what may be meant
   */
  public MissingPackException(String pack, String where, String message) {
    super(new Problem(where, message).toString());
    this.pack = requireNonNull(pack, "pack is null");
    this.problem = new Problem(where, message);
  }

  public String pack() {
    return pack;
  }

  @Override
  public Code code() {
    return Code.MISSING_PACK;
  }

  @Override
  public List<Problem> problems() {
    return List.of(problem);
  }
}
