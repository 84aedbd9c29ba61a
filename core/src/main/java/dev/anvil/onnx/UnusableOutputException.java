package dev.anvil.onnx;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;

/** A network gave values that are no finite numbers. */
public final class UnusableOutputException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  UnusableOutputException(String where, String message) {
    super(where, message);
  }

  public Problem problem() {
    return problems().get(0);
  }
}
