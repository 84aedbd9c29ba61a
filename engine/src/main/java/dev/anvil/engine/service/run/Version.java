package dev.anvil.engine.service.run;

import java.util.Optional;

/** The version of Anvil that does a job. */
public final class Version {
  private Version() {}

  /** As released; {@code development} where it runs from classes. */
  public static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
