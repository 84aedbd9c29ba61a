package dev.anvil.report.section;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Text files of reports: style, scripts, charts. */
public final class Resources {
  private static final String PLACE = "/dev/anvil/report/";

  private Resources() {}

  public static String text(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(PLACE + name)) {
      if (in == null) {
        throw new IllegalStateException(
            PLACE.substring(1) + name + " is not on the class path; build with Maven to get it");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + name, e);
    }
  }
}
