package dev.anvil.study;

import dev.anvil.predict.refit.Clusters;
import dev.anvil.study.effect.AccountEffects;
import dev.anvil.study.effect.AccountEffects.Between;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What readers of the effects of several accounts must know, in plain sentences. */
final class AccountNotes {
  private AccountNotes() {}

  /**
   * The sentences.
   *
   * @param column that names the account of a post
   * @param ofSources account of each edited creative
   * @param effects contrasts by account
   */
  static List<String> of(String column, List<String> ofSources, List<AccountEffects> effects) {
    List<String> notes = new ArrayList<>();
    notes.add(sources(column, ofSources));
    long general = effects.stream().filter(e -> e.general().isPresent()).count();
    if (general > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Effects are within %s and averaged over them; intervals say how they vary from one to"
                  + " another. Nothing is compared between them.",
              column));
    }
    List<AccountEffects> few = effects.stream().filter(e -> e.general().isEmpty()).toList();
    if (!few.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Nothing is claimed about %s in general: fewer than %d of them show both sides of %s."
                  + " These effects hold for the ones in this campaign.",
              column,
              Clusters.LEAST,
              few.stream()
                  .map(e -> e.factor() + " " + e.level())
                  .collect(Collectors.joining(", "))));
    }
    for (AccountEffects effect : effects) {
      effect.between().ifPresent(between -> notes.add(between(column, effect, between)));
    }
    return notes;
  }

  private static String sources(String column, List<String> accounts) {
    Map<String, Long> counts =
        accounts.stream()
            .collect(Collectors.groupingBy(a -> a, TreeMap::new, Collectors.counting()));
    long least = counts.values().stream().mapToLong(n -> n).min().orElse(0);
    long most = counts.values().stream().mapToLong(n -> n).max().orElse(0);
    return String.format(
        Locale.ROOT,
        "The edited creatives are balanced over %s: %s of each of %d.",
        column,
        least == most ? Long.toString(least) : least + " to " + most,
        counts.size());
  }

  private static String between(String column, AccountEffects effect, Between between) {
    return String.format(
        Locale.ROOT,
        "%s %s: comparing one %s with another points the other way. Those that show it more have a"
            + " %s metric (p %.3f), more likely because of who they are.",
        effect.factor(),
        effect.level(),
        column,
        between.ratio() < 1 ? "lower" : "higher",
        between.p());
  }
}
