package dev.anvil.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names of the files of a batch, each given once; the same batch gets the same names. */
final class VariantNames {
  private static final int LONGEST = 60;

  private final Set<String> given = new HashSet<>();

  /** For example {@code car-a-blue-car-1.png}. */
  String next(Path picture, String what, long seed) {
    String stem = picture.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    String slug =
        what.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
    String name =
        "%s-%s-%d".formatted(stem, slug.substring(0, Math.min(LONGEST, slug.length())), seed);
    String free = name;
    for (int i = 2; !given.add(free.toLowerCase(Locale.ROOT)); i++) {
      free = name + "-" + i;
    }
    return free + ".png";
  }
}
