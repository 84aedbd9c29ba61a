package dev.anvil.campaign.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POINT | 0             | 0",
        "POINT | 12345         | 12345",
        "POINT | 12,345        | 12345",
        "COMMA | 12.345        | 12345",
        "POINT | 12.345        | 12.345",
        "COMMA | 12,345        | 12.345",
        "COMMA | 1.234.567,8   | 1234567.8",
        "POINT | 1,23,45,678   | 12345678",
        "POINT | 12 345        | 12345",
        "COMMA | 12\u00a0345,5 | 12345.5",
        "COMMA | 1\u202f234    | 1234",
        "POINT | 12\u2019345   | 12345",
        "POINT | 7.0           | 7",
        "POINT | .5            | .5",
        "POINT | 1.2K          | 1200",
        "POINT | 1.1M          | 1100000",
        "COMMA | 1,2 Tsd.      | 1200",
        "COMMA | 1,2 Mio       | 1200000",
        "COMMA | 3 Mrd.        | 3000000000",
        "COMMA | 12 mil        | 12000",
        "POINT | 1.5万          | 15000",
        "POINT | $1,234.50     | 1234.5",
        "COMMA | 1.234,50 €    | 1234.5",
        "POINT | USD 5         | 5",
        "POINT | 12 CHF        | 12",
        "POINT | R$ 5          | 5",
        "COMMA | 1 250,50 kr   | 1250.5",
        "COMMA | 1.250,50 zł   | 1250.5",
        "POINT | Rs. 1,23,456  | 123456",
        "POINT | CHF 12.-      | 12",
        "COMMA | 1.250,-       | 1250",
        "POINT | 1.2 MIO       | 1200000",
        "COMMA | 3 TSD         | 3000",
        "COMMA | 1,2 mila      | 1200",
        "COMMA | 3,4 mi        | 3400000",
        "COMMA | 12 tys.       | 12000",
        "POINT | 1.5 Lakh      | 150000",
        "POINT | -3            | -3",
        "POINT | \u22123       | -3",
        "POINT | 3-            | -3",
        "POINT | (1,200)       | -1200",
        "POINT | +3            | 3",
        "POINT | 1.2 %         | 1.2",
        "POINT | %5            | 5",
        "POINT | ١٢٣           | 123",
        "POINT | ١٬٢٣٤٫٥       | 1234.5",
        "POINT | １２３         | 123",
        "COMMA | 1.79E+16      | 1.79E16",
        "POINT | 1,79E+16      | 1.79E16"
      })
  void readsNumbersAsPeopleWriteThem(NumberStyle style, String text, double value) {
    assertThat(NumberText.of(text).orElseThrow().value(style)).isEqualTo(OptionalDouble.of(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "many",
        "12 cars",
        "0x1F",
        "1e400",
        "--1",
        "",
        "< 10%",
        "1.2.2024 18:20",
        "s0012",
        "NaN",
        "2017-03-04",
        "12,34,5",
        "24.11.2024",
        "2024.11.24",
        "1.2 ABC"
      })
  void readsNothingFromOtherText(String text) {
    assertThat(
            NumberText.of(text)
                .map(number -> number.value(NumberStyle.POINT))
                .orElse(OptionalDouble.empty()))
        .isEmpty();
  }

  @Test
  void aColumnShowsItsStyleByAnyCellThatIsClear() {
    assertThat(NumberColumn.of(List.of("1.234", "12,5")).shown()).contains(NumberStyle.COMMA);
    assertThat(NumberColumn.of(List.of("1,234", "1,234,567")).shown()).contains(NumberStyle.POINT);
    assertThat(NumberColumn.of(List.of("1.234", "0.125")).shown()).contains(NumberStyle.POINT);
    assertThat(NumberColumn.of(List.of("1.5", "1,5")).isMixed()).isTrue();
  }

  @Test
  void aMarkBeforeThreeDigitsIsOpen() {
    NumberColumn open = NumberColumn.of(List.of("12.000", "935", "2.50E+03"));
    assertThat(open.shown()).isEmpty();
    assertThat(open.grouped()).contains(NumberStyle.COMMA);
    assertThat(open.groupsLikely()).isTrue();
    assertThat(NumberColumn.of(List.of("12.000", "15000")).groupsLikely()).isFalse();
    assertThat(NumberColumn.of(List.of("12.000", "9.000", "4.000")).groupsLikely()).isFalse();
  }
}
