package dev.anvil.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
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
    assertThat(MetricKind.of(name)).isEqualTo(kind);
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
        "AMOUNT; 12,5; 12.5"
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
        "RATE; -0.1", "AMOUNT; 12,345", "AMOUNT; $5", "AMOUNT; 1.234.56"
      })
  void readsNothingFromOthers(MetricKind kind, String text) {
    assertThat(kind.parse(text)).isEmpty();
  }
}
