package dev.anvil.campaign.format;

import dev.anvil.campaign.header.Names;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names of months in English, German, French, Spanish, Portuguese, Italian, Dutch and Scandinavian,
 * and their abbreviations.
 */
final class Months {
  private static final List<String> NAMES =
      List.of(
          "january januar janner janvier enero janeiro gennaio januari",
          "february februar fevrier febrero feber fevereiro febbraio februari",
          "march marz maerz mars marzo mrz marco maart mrt marts",
          "april avril abril aprile",
          "may mai mayo maio maggio mei maj",
          "june juni juin junio junho giugno",
          "july juli juillet julio julho luglio",
          "august aout agosto augustus augusti",
          "september septembre septiembre setiembre setembro settembre",
          "october oktober octobre octubre outubro ottobre",
          "november novembre noviembre novembro",
          "december dezember decembre diciembre dezembro dicembre");
  private static final int SHORTEST = 3;
  private static final Map<String, Integer> BY_PREFIX = byPrefix();

  private Months() {}

  private static Map<String, Integer> byPrefix() {
    Map<String, Integer> months = new HashMap<>();
    Set<String> ambiguous = new HashSet<>();
    for (int month = 1; month <= NAMES.size(); month++) {
      for (String name : NAMES.get(month - 1).split(" ", -1)) {
        for (int length = SHORTEST; length <= name.length(); length++) {
          Integer other = months.put(name.substring(0, length), month);
          if (other != null && other != month) {
            ambiguous.add(name.substring(0, length));
          }
        }
      }
    }
    ambiguous.forEach(months::remove);
    return Map.copyOf(months);
  }

  /** The month, 1 to 12, that a word or its beginning names. */
  static Optional<Integer> of(String word) {
    return Optional.ofNullable(BY_PREFIX.get(Names.plain(word)));
  }
}
