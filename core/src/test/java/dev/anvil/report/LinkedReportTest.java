package dev.anvil.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.report.data.PictureLinks;
import dev.anvil.report.data.ReportData;
import dev.anvil.report.data.Sample;
import org.junit.jupiter.api.Test;

class LinkedReportTest {
  private static final PictureLinks LINKS =
      new PictureLinks("/level?run=7&factor=", "/posts?element=", "/posts", "/posts?sort=residual");

  @Test
  void everyEffectCheckAndElementLeadsToItsPicturesWhereThereAreLinks() {
    ReportData data = Sample.full();
    String page = HtmlReport.content(data.with(LINKS)).toString();

    data.effects()
        .forEach(
            e ->
                assertThat(page)
                    .contains(href(LINKS.ofLevel(e.effect().factor(), e.effect().level()))));
    data.placebos()
        .forEach(e -> assertThat(page).contains(href(LINKS.ofLevel(e.factor(), e.level()))));
    data.editChecks()
        .forEach(c -> assertThat(page).contains(href(LINKS.ofLevel(c.factor(), c.level()))));
    data.health()
        .orElseThrow()
        .elements()
        .keySet()
        .forEach(e -> assertThat(page).contains(href(LINKS.ofElement(e))));
    assertThat(page).contains(href(LINKS.posts()), href(LINKS.surprises()));
  }

  @Test
  void aFileLeadsNowhereElse() {
    assertThat(HtmlReport.content(Sample.full()).toString()).doesNotContain("href=\"/");
  }

  @Test
  void namesAreEncodedInAddresses() {
    assertThat(LINKS.ofLevel("a&b", "half \"way\"=1"))
        .isEqualTo("/level?run=7&factor=a%26b&level=half+%22way%22%3D1");
  }

  private static String href(String address) {
    return "href=\"" + address.replace("&", "&amp;") + "\"";
  }
}
