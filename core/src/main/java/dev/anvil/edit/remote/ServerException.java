package dev.anvil.edit.remote;

import dev.anvil.InternalException;

/** A server did not do what it was asked to; the message names it and says what it said. */
public final class ServerException extends InternalException {
  private static final long serialVersionUID = 1L;

  ServerException(String host, String message) {
    super(host + ": " + message);
  }
}
