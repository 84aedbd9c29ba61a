package dev.anvil;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;

/** A model pack that is needed is not installed. */
public final class MissingPackException extends AnvilException {
  private static final long serialVersionUID = 1L;

  private final String pack;
  private final transient List<Problem> problems;

  /**
   * @param pack name of the pack
   * @param where who asked for it, for example {@code model pack clip}
   * @param message where it was looked for, and what may be meant
   */
  public MissingPackException(String pack, String where, String message) {
    this(pack, List.of(new Problem(where, message)));
  }

  /**
   * @param pack name of the pack, or of the first of several
   * @param problems at least one, in the order of the input
   */
  public MissingPackException(String pack, List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.pack = requireNonNull(pack, "pack is null");
    this.problems = List.copyOf(problems);
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
    return problems;
  }
}
