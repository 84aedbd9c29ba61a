package dev.anvil.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricKindTest {
  @ParameterizedTest
  @CsvSource({
    "likes, COUNT",
    "Like Count, COUNT",
    "num_comments, COUNT",
    "replies, COUNT",
    "views, COUNT",
    "ctr, RATE",
    "Engagement Rate, RATE",
    "revenue, AMOUNT",
    "country, AMOUNT"
  })
  void isToldByTheName(String name, MetricKind kind) {
    assertThat(MetricKind.ofName(name)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "COUNT; 0; 0",
        "COUNT; 12345; 12345",
        "COUNT; 12,345; 12345",
        "COUNT; 1,234,567; 1234567",
        "COUNT; 1.234.567; 1234567",
        "COUNT; 12 345; 12345",
        "COUNT; 12'345; 12345",
        "COUNT; 7.0; 7",
        "COUNT; 1,234.0; 1234",
        "RATE; 0.0123; 0.0123",
        "RATE; 1.23%; 0.0123",
        "RATE; 1,23 %; 0.0123",
        "RATE; 0,012; 0.012",
        "RATE; 1.2e-3; 0.0012",
        "AMOUNT; 12.345; 12.345",
        "AMOUNT; 1.234,5; 1234.5",
        "AMOUNT; 1,234.5; 1234.5",
        "AMOUNT; 12,5; 12.5",
        "VALUE; -0.2; -0.2",
        "VALUE; \u2212 1,5; -1.5",
        "VALUE; +3; 3",
        "VALUE; 0.4; 0.4"
      })
  void readsNumbersThatAreClear(MetricKind kind, String text, double value) {
    assertThat(kind.parse(text)).isEqualTo(OptionalDouble.of(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "COUNT; 12k", "COUNT; -3", "COUNT; 1.5", "COUNT; 12.345", "COUNT; 1,23,456", "COUNT; 1,5",
        "COUNT; NaN", "COUNT; 0x1F", "COUNT; 1e400", "COUNT; ''", "RATE; 1.5", "RATE; 150%",
        "RATE; -0.1", "VALUE; --1", "AMOUNT; -1", "AMOUNT; 12,345", "AMOUNT; $5", "AMOUNT; 1.234.56"
      })
  void readsNothingFromOthers(MetricKind kind, String text) {
    assertThat(kind.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "likes, 3, 40, COUNT",
    "ctr, 0, 1, RATE",
    "click_rate, 0, 1, RATE",
    "impressions, 0, 1, COUNT",
    "engagement, .02, .3, RATE",
    "rated, 0, 3, AMOUNT",
    "revenue, 12.5, 3, AMOUNT",
    "sentiment, -.2, .3, VALUE"
  })
  void isToldByNameAndValuesAlikeAsNumbersAndAsText(
      String name, String a, String b, MetricKind kind) {
    double[] values = {Double.parseDouble(a), Double.parseDouble(b), Double.NaN};
    assertThat(MetricKind.of(name, values)).isEqualTo(kind);
    assertThat(MetricKind.of(name, List.of(a, b, "soon"))).isEqualTo(kind);
  }

  @Test
  void percentagesAreARateWhateverTheName() {
    assertThat(MetricKind.of("engagement", List.of("12%", "3 %"))).isEqualTo(MetricKind.RATE);
  }
}
