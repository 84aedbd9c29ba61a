package dev.anvil.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.campaign.RawTable.RawRow;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeColumnTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2017-03-04                      | 2017-03-04T00:00",
        "2017/3/4                        | 2017-03-04T00:00",
        "20170304                        | 2017-03-04T00:00",
        "2017-03-04 18:20                | 2017-03-04T18:20",
        "2017-03-04T18:20:05             | 2017-03-04T18:20:05",
        "2017-03-04T18:20:05.123456      | 2017-03-04T18:20:05.123456",
        "2017-03-04T17:20:00Z            | 2017-03-04T18:20",
        "2017-03-04T18:20:00+0100        | 2017-03-04T18:20",
        "2017-03-04 17:20:00+00          | 2017-03-04T18:20",
        "2017-03-04 17:20 UTC            | 2017-03-04T18:20",
        "2017-07-04T17:20:00+00:00       | 2017-07-04T19:20",
        "4 Mar 2017                      | 2017-03-04T00:00",
        "4th March 2017, 6:20 pm         | 2017-03-04T18:20",
        "04-Mar-2017 18:20               | 2017-03-04T18:20",
        "March 4, 2017 12:05 AM          | 2017-03-04T00:05",
        "Mar 4 2017                      | 2017-03-04T00:00",
        "Sat, 04 Mar 2017 17:20:00 +0000 | 2017-03-04T18:20",
        "Saturday, March 4, 2017         | 2017-03-04T00:00",
        "4.3.2017 18:20                  | 2017-03-04T18:20",
        "03/04/2017                      | 2017-04-03T00:00",
        "1488648000                      | 2017-03-04T18:20",
        "1488648000000                   | 2017-03-04T18:20"
      })
  void readsCommonForms(String text, LocalDateTime time) {
    assertThat(dayFirst().parse(text)).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2017",
        "2017-13-01",
        "30/02/2017",
        "4 Foo 2017",
        "2017-03-04 13:00 pm",
        "2017-03-04 18",
        "04/03/17",
        "4 Ebm 2017",
        "2017-03-04 18:20 +99:00",
        ""
      })
  void readsNothingFromOtherText(String text) {
    assertThat(dayFirst().parse(text)).isEmpty();
  }

  @Test
  void learnsFromTheWholeColumnWhatComesFirst() {
    assertThat(column("03/04/2017", "25/12/2017").parse("03/04/2017"))
        .contains(LocalDateTime.of(2017, 4, 3, 0, 0));
    assertThat(column("03/04/2017", "12/25/2017 10:00").parse("03/04/2017"))
        .contains(LocalDateTime.of(2017, 3, 4, 0, 0));
    assertThat(column("04/04/2017").parse("04/04/2017"))
        .contains(LocalDateTime.of(2017, 4, 4, 0, 0));
  }

  private static TimeColumn dayFirst() {
    return TimeColumn.of(table(), "date", Optional.of(DateOrder.DAY_FIRST), BERLIN);
  }

  private static TimeColumn column(String... values) {
    return TimeColumn.of(table(values), "date", Optional.empty(), BERLIN);
  }

  private static RawTable table(String... values) {
    return new RawTable(
        "posts.csv",
        "line",
        List.of("date"),
        Stream.of(values).map(value -> new RawRow(2, List.of(value))).toList(),
        List.of());
  }
}
