package dev.anvil.campaign;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(MetricKind.of(name, new double[] {1, 2})).isEqualTo(kind);
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
  void isToldByNameAndValues(String name, String a, String b, MetricKind kind) {
    double[] values = {Double.parseDouble(a), Double.parseDouble(b), Double.NaN};
    assertThat(MetricKind.of(name, values)).isEqualTo(kind);
  }

  @Test
  void countsThatAreSharedOutAreAmounts() {
    assertThat(MetricKind.of("Conversions", new double[] {4.3, 12, 0}))
        .isEqualTo(MetricKind.AMOUNT);
    assertThat(MetricKind.of("Conversions", new double[] {.5, .25, 0}))
        .isEqualTo(MetricKind.AMOUNT);
    assertThat(MetricKind.of("Conversions", new double[] {4, 12, 0})).isEqualTo(MetricKind.COUNT);
  }
}
