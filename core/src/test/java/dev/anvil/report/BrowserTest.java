package dev.anvil.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.anvil.report.data.ReportData;
import dev.anvil.report.data.Sample;
import dev.anvil.report.data.Variants;
import dev.anvil.report.monitoring.MonitorSample;
import dev.anvil.report.section.Chart;
import dev.anvil.report.section.Html;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens the report as a person would, from a file in a real browser. */
class BrowserTest {
  private static final Path SHOTS = Path.of("target", "screenshots");

  @TempDir static Path folder;

  private static Chromium chromium;

  @BeforeAll
  static void open() {
    chromium = Chromium.open();
  }

  @AfterAll
  static void close() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1280, 390})
  void drawsEveryChartWithoutNetworkErrorsOrOverflow(int width) throws IOException {
    Page page = show(Sample.full(), width);

    assertThat(page.locator("[data-chart]").count()).isEqualTo(8);
    for (Locator chart : page.locator("[data-chart]").all()) {
      String spec = chart.getAttribute("data-spec");
      assertThat(chart.locator("svg").count()).as("svg of %s", spec).isEqualTo(1);
      assertThat(chart.getAttribute("aria-label")).as("alternative of %s", spec).isNotBlank();
      double drawn = chart.locator("svg").boundingBox().width;
      assertThat(drawn).as("width of %s", spec).isBetween(200.0, width * 1.0);
    }
    assertMarks(page, "forest", ".mark-symbol path", 6 + 6 + 5 + 5 + 8 + 8);
    assertMarks(page, "variance", ".mark-rect path", 19 * 3);
    assertMarks(page, "timeline", ".mark-symbol path", 1200);
    assertMarks(page, "timeline", ".mark-line path", 1);
    assertMarks(page, "calibration", ".mark-symbol path", 10);
    assertThat(page.locator("[data-spec=histogram] .mark-rect path").count()).isBetween(20, 56);
    assertThat(page.locator("[data-spec=scatter] .mark-symbol path").count()).isGreaterThan(900);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(SHOTS.resolve("report-" + width + ".png")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1280, 390})
  void drawsTheLeastThatAReportCanHold(int width) throws IOException {
    Page page = show(Variants.least(), width);

    assertThat(page.locator("h1").textContent()).contains("How well pictures predict likes");
    assertThat(page.locator("[data-chart]").count()).isZero();
  }

  /** The charts of the pages on sensitivity and scorecards. */
  @ParameterizedTest
  @ValueSource(ints = {1280, 390})
  void drawsTheChartsOfOtherPages(int width) throws IOException {
    List<Chart.Row> effects = new ArrayList<>();
    List<Chart.Row> methods = new ArrayList<>();
    for (String name : List.of("one", "another", "a third")) {
      methods.add(interval("method", name).and("value", .2));
      for (String effect : List.of("colour red", "colour blue")) {
        effects.add(
            interval("effect", effect)
                .and("changed", name)
                .and("point", .2)
                .and("colour", "#0072b2")
                .and("width", 2));
      }
    }
    Chart sensitivity =
        new Chart(
            "s",
            "sensitivity",
            "effects",
            8,
            Map.of(
                "band", List.of(Chart.Row.of("low", -.05).and("high", .05)),
                "zero", List.of(Chart.Row.of("at", 0.0)),
                "effects", effects));
    Chart measure =
        new Chart(
            "m",
            "measure",
            "methods",
            3,
            Map.of("aim", List.of(Chart.Row.of("at", 1)), "methods", methods));
    Page page =
        show(
            HtmlPage.of("Charts", Html.of("<main>{}{}</main>", sensitivity.html(), measure.html())),
            width);

    assertMarks(page, "sensitivity", ".mark-symbol path", 6);
    assertMarks(page, "measure", ".mark-symbol path", 3);
    assertThat(page.locator("[data-spec=sensitivity] svg").boundingBox().height)
        .isBetween(88.0, 130.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1280, 390})
  void drawsThePageOfMonitoring(int width) throws IOException {
    Page page = show(MonitorSample.page(MonitorSample.full()), width);

    assertThat(page.locator("[data-chart] svg").count()).isEqualTo(7);
    assertMarks(page, "forest", ".mark-symbol path", 3);
    assertMarks(page, "history", ".mark-symbol path", 3);
    assertThat(page.locator("[data-spec=evidence] .mark-symbol path").count()).isGreaterThan(10);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(SHOTS.resolve("monitor-" + width + ".png")));
  }

  private static Chart.Row interval(String field, String name) {
    return Chart.Row.of(field, name).and("low", .1).and("high", .3).and("words", name);
  }

  @Test
  void hostileTextStaysText() throws IOException {
    Page page = show(Variants.hostile(), 1280);

    assertThat(page.evaluate("window.hacked === undefined")).isEqualTo(true);
    assertThat(page.locator("h2").allTextContents())
        .anyMatch(title -> title.contains(Variants.HOSTILE));
  }

  private static void assertMarks(Page page, String spec, String marks, int expected) {
    assertThat(page.locator("[data-spec=" + spec + "] " + marks).count())
        .as("marks of %s", spec)
        .isEqualTo(expected);
  }

  /** Opens a report and checks what holds for every report. */
  private static Page show(ReportData data, int width) throws IOException {
    return show(HtmlReport.render(data), width);
  }

  private static Page show(String html, int width) throws IOException {
    Path file = Files.writeString(folder.resolve("report.html"), html);
    List<String> trouble = new ArrayList<>();
    Page page =
        chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(width, 900));
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            trouble.add(message.text());
          }
        });
    page.onPageError(trouble::add);
    page.onRequest(
        request -> {
          if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) {
            trouble.add("request to " + request.url());
          }
        });
    page.navigate(file.toUri().toString());
    page.waitForFunction("document.documentElement.dataset.charts === 'drawn'");
    assertThat(trouble).isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth"))
        .as("width of the page")
        .isEqualTo(width);
    return page;
  }
}
