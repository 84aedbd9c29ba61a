package dev.anvil.lab.attack;

/**
 * How a process of Anvil ended.
 *
 * @param code of exit; 128 and the signal's number when it was killed
 * @param out what it wrote on standard output
 * @param err what it wrote on standard error
 * @param isHung whether it had not ended within its time
 */
record Answer(int code, String out, String err, boolean isHung) {
  static final int INVALID_INPUT = 3;

  /** Whether it ended in time, without a stack and without calling an error internal. */
  boolean isOrderly() {
    return !isHung && code >= 0 && code != 1 && !hasStack();
  }

  boolean hasStack() {
    return err.contains("\tat ") || err.contains("Exception in thread") || err.contains("hs_err");
  }

  /** Whether it was refused, or stopped, with words that say why. */
  boolean isRefused() {
    return isOrderly() && code == INVALID_INPUT && !(out + err).isBlank();
  }

  /** In one line. */
  String summary() {
    String last = (out + err).strip().lines().reduce("", (before, line) -> line);
    return (isHung ? "did not end; " : "exit " + code + "; ")
        + last.substring(0, Math.min(200, last.length()));
  }

  /**
   * Its exit code and results. (What was damaged or deleted is computed again, as a run with
   * another number.)
   */
  String results() {
    return code + " " + out.replaceAll("\"(run|model)\" : \\d+", "\"$1\" : N");
  }
}
