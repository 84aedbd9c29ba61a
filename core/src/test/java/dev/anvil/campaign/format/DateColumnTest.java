package dev.anvil.campaign.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateColumnTest {
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
        "04/03/17                        | 2017-03-04T00:00",
        "4.3.17 18:20                    | 2017-03-04T18:20",
        "1-Mar-97                        | 1997-03-01T00:00",
        "4. März 2017, 18:20 Uhr         | 2017-03-04T18:20",
        "4. Mrz. 2017                    | 2017-03-04T00:00",
        "Sa., 4. Dez. 2016               | 2016-12-04T00:00",
        "4 février 2017 à 18:20          | 2017-02-04T18:20",
        "mar. 5 mars 2024                | 2024-03-05T00:00",
        "mar, 5 mar 2024 18:20           | 2024-03-05T18:20",
        "mar 05/03/2024                  | 2024-03-05T00:00",
        "2017-03-04 17:20 AEST           | 2017-03-04T08:20",
        "1er août 2016                   | 2016-08-01T00:00",
        "4 févr. 2017                    | 2017-02-04T00:00",
        "4 de marzo de 2017 a las 18:20  | 2017-03-04T18:20",
        "4 ene 2017                      | 2017-01-04T00:00",
        "sept. 4, 2016                   | 2016-09-04T00:00",
        "Sat Mar 04 17:20:00 +0000 2017  | 2017-03-04T18:20",
        "2017-03-04 09:20 PST            | 2017-03-04T18:20",
        "2017年3月4日                     | 2017-03-04T00:00",
        "٢٠١٧-٠٣-٠٤                      | 2017-03-04T00:00",
        "2017-03                         | 2017-03-01T00:00",
        "3/2017                          | 2017-03-01T00:00",
        "Mar 2017                        | 2017-03-01T00:00",
        "März 2017                       | 2017-03-01T00:00",
        "marzo de 2017                   | 2017-03-01T00:00",
        "2017年3月                       | 2017-03-01T00:00",
        "2017-W09                        | 2017-02-27T00:00",
        "2020-W53                        | 2020-12-28T00:00",
        "42798                           | 2017-03-04T00:00",
        "42798.763888889                 | 2017-03-04T18:20",
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
        "4 Ebm 2017",
        "2017-03-04 18:20 +99:00",
        ""
      })
  void readsNothingFromOtherText(String text) {
    assertThat(dayFirst().parse(text)).isEmpty();
  }

  @Test
  void showsWhatComesFirstByTheWholeColumn() {
    assertThat(DateColumn.shown(List.of("03/04/2017", "25/12/2017")).order())
        .contains(DateOrder.DAY_FIRST);
    assertThat(DateColumn.shown(List.of("03/04/17", "12/25/17 10:00")).order())
        .contains(DateOrder.MONTH_FIRST);
    assertThat(DateColumn.shown(List.of("04/04/2017"))).matches(s -> s.open().isEmpty());
    assertThat(DateColumn.shown(List.of("13/04/2017", "04/13/2017")).isMixed()).isTrue();
  }

  private static DateColumn dayFirst() {
    return new DateColumn(DateOrder.DAY_FIRST, BERLIN, LocalDate.of(2024, 1, 1));
  }
}
