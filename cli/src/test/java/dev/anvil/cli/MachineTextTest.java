package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A format without a blank is no sentence: it makes a name, a key or a number that machines read.
 * In such a format, {@code %d} and its like would write the digits of the machine's language when a
 * program uses Anvil as a library; {@code %s} does not, nor does one with {@code Locale.ROOT}.
 */
class MachineTextTest {
  private static final Pattern FORMAT =
      Pattern.compile(
          "(\\S*\\s*\\S*)\"((?:[^\"\\\\\\s]|\\\\.)*%[-0-9.,+(]*[dfeEgG](?:[^\"\\\\\\s]|\\\\.)*)\"\\s*(\\.formatted\\(|,)");

  @Test
  void namesAndKeysAreTheSameInEveryLanguage() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(Main.home())) {
      for (Path file :
          all.filter(f -> f.toString().endsWith(".java") && f.toString().contains("/src/main/"))
              .toList()) {
        Matcher formats = FORMAT.matcher(Files.readString(file));
        while (formats.find()) {
          boolean isFormat = formats.group(3).startsWith(".") || isFormatCall(formats.group(1));
          if (isFormat && !formats.group(1).contains("Locale.")) {
            found.add("%s: %s".formatted(file.getFileName(), formats.group(2)));
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static boolean isFormatCall(String before) {
    return before.contains("format(") || before.contains("printf(");
  }
}
