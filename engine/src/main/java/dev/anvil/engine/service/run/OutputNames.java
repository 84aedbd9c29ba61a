package dev.anvil.engine.service.run;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names of the files of one job, each given once; the same job gets the same names. */
public final class OutputNames {
  private static final int LONGEST = 60;

  private final Set<String> given = new HashSet<>();

  /** A picture's name without its ending. */
  public static String stem(Path picture) {
    return picture.getFileName().toString().replaceFirst("\\.[^.]*$", "");
  }

  /** For example {@code car-a-blue-car-1.png}. */
  public String next(String stem, String what, long seed) {
    String slug =
        what.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
    return next(
        "%s-%s-%s"
            .formatted(
                stem, slug.substring(0, Math.min(LONGEST, slug.length())), Long.toString(seed)));
  }

  /** For example {@code car.png}, or {@code car-2.png} where that is given. */
  public String next(String name) {
    String free = name;
    for (int i = 2; !given.add(free.toLowerCase(Locale.ROOT)); i++) {
      free = name + "-" + i;
    }
    return free + ".png";
  }
}
