package dev.anvil.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels posts as a person would, in a page opened from a file. */
class LabelPageTest {
  private static final String HOSTILE = "</script><img src=x onerror=window.hacked=1>\"'";
  private static final Path SHOTS = Path.of("target", "screenshots");

  private static Chromium chromium;

  @TempDir Path folder;

  private final List<String> trouble = new ArrayList<>();
  private BrowserContext session;

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

  @BeforeEach
  void start() {
    session =
        chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1200, 860));
  }

  @AfterEach
  void end() {
    session.close();
  }

  private static String picture(int red) {
    byte[] rgb = new byte[64 * 48 * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) red;
      Arrays.fill(rgb, i + 1, i + 3, (byte) 90);
    }
    return LabelPage.jpeg(PictureWriter.jpeg(new Picture(64, 48, rgb), .8));
  }

  private static LabelPage page(int posts) {
    List<LabelPage.Item> items = new ArrayList<>();
    for (int i = 0; i < posts; i++) {
      items.add(new LabelPage.Item(i == 0 ? "=1,\"a\"" : "p" + i, i + ".jpg", picture(40 * i)));
    }
    return new LabelPage(
        "Colours " + HOSTILE,
        "colour",
        "Colour of the car " + HOSTILE,
        List.of(
            new LabelPage.Level("red", "#b0383c", List.of()),
            new LabelPage.Level("blue", "#3852a2", List.of(picture(200))),
            new LabelPage.Level("white, or nearly", "", List.of())),
        "other",
        items,
        List.of("id", "setting"),
        List.of(List.of("p1", "forest"), List.of("q7", "city")));
  }

  private Page show(LabelPage content) throws IOException {
    Path file = Files.writeString(folder.resolve("label.html"), content.html());
    Page page = session.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            trouble.add(message.text());
          }
        });
    page.onPageError(trouble::add);
    page.onRequest(
        request -> {
          if (!request.url().matches("(file|data|blob):.*")) {
            trouble.add("request to " + request.url());
          }
        });
    page.navigate(file.toUri().toString());
    page.waitForSelector("html[data-page=drawn]");
    return page;
  }

  private static void press(Page page, String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
  }

  private static String count(Page page) {
    return page.locator("#count").textContent();
  }

  private static String file(Page page) {
    return page.locator("figcaption").textContent();
  }

  private String downloaded(Page page) throws IOException {
    Download download = page.waitForDownload(() -> page.locator("#download").click());
    assertThat(download.suggestedFilename()).isEqualTo("labels.csv");
    Path target = folder.resolve("downloaded.csv");
    download.saveAs(target);
    return Files.readString(target);
  }

  @Test
  void keysLabelPostsAndTheFileKeepsWhatWasKnown() throws IOException {
    Page page = show(page(4));

    press(page, "1", "3", "0");
    assertThat(count(page)).isEqualTo("3 of 4 labelled");
    press(page, "s");

    assertThat(count(page)).isEqualTo("3 of 4 labelled, 1 skipped");
    assertThat(page.locator("#done").textContent()).contains("label_file: labels.csv");
    assertThat(downloaded(page))
        .isEqualTo(
            """
            id,setting,colour
            p1,forest,"white, or nearly"
            q7,city,
            "'=1,""a""\",,red
            p2,,other
            """
                .replace("\n", "\r\n"));
    assertThat(trouble).isEmpty();
  }

  @Test
  void whatWasSaidIsUndoneAndChanged() throws IOException {
    Page page = show(page(3));

    press(page, "1", "2");
    assertThat(file(page)).isEqualTo("2.jpg");
    press(page, "u");
    assertThat(file(page)).isEqualTo("1.jpg");
    assertThat(count(page)).isEqualTo("1 of 3 labelled");
    page.locator(".strip button").first().click();
    page.locator(".level").nth(1).click();

    assertThat(downloaded(page)).contains("\"'=1,\"\"a\"\"\",,blue");
    assertThat(trouble).isEmpty();
  }

  @Test
  void thePageIsTakenUpWhereItWasLeft() throws IOException {
    Page first = show(page(4));
    press(first, "1", "2");
    first.waitForTimeout(1000); // Chromium writes in another process, which a reload may overtake
    first.reload();
    first.waitForSelector("html[data-page=drawn]");
    assertThat(count(first)).isEqualTo("2 of 4 labelled");

    Page again = show(page(4));

    assertThat(count(again)).isEqualTo("2 of 4 labelled");
    assertThat(file(again)).isEqualTo("2.jpg");
    assertThat(count(show(page(3)))).as("another sample").isEqualTo("0 of 3 labelled");
  }

  @Test
  void hostileTextStaysText() throws IOException {
    Page page = show(page(2));

    assertThat(page.evaluate("window.hacked === undefined")).isEqualTo(true);
    assertThat(page.locator("h1").textContent()).contains(HOSTILE);
    assertThat(page.evaluate("fetch('https://example.org').then(() => 'sent', () => 'refused')"))
        .isEqualTo("refused");
  }

  @ParameterizedTest
  @ValueSource(ints = {1200, 390})
  void itFitsTheWindow(int width) throws IOException {
    Page page = show(page(9));
    page.setViewportSize(width, 860);
    press(page, "1", "2", "3", "0");

    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("label-" + width + ".png")));
    assertThat(trouble).isEmpty();
  }
}
