package dev.anvil.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    ".1234567, +12 %",
    "-.1234567, −12 %",
    ".004, +0.4 %",
    "-.0004, 0 %",
    ".0099, +1.0 %",
    ".00999, +1 %",
    "0, 0 %",
    "12.5, '+1,250 %'",
    "NaN, – %",
    "Infinity, ∞ %"
  })
  void changesAreWrittenForPeople(double share, String expected) {
    assertThat(Words.change(share).replace('\u00a0', ' ')).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({".333, 0.33", "-.001, 0.00", "-1.5, −1.50", "NaN, –", "-Infinity, −∞"})
  void decimalsHaveTwoPlaces(double value, String expected) {
    assertThat(Words.decimal(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({".00001, < 0.001", ".0123, 0.012", ".456, 0.46", "1, 1.00", "NaN, –"})
  void probabilities(double p, String expected) {
    assertThat(Words.probability(p).replace('\u00a0', ' ')).isEqualTo(expected);
  }

  @Test
  void listsCountsAndDates() {
    assertThat(Words.list(List.of())).isEmpty();
    assertThat(Words.list(List.of("a"))).isEqualTo("a");
    assertThat(Words.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
    assertThat(Words.count(1, "creative")).isEqualTo("1\u00a0creative");
    assertThat(Words.count(1200, "post")).isEqualTo("1,200\u00a0posts");
    assertThat(Words.date(LocalDate.of(2026, 11, 4))).isEqualTo("4\u00a0November 2026");
  }
}
