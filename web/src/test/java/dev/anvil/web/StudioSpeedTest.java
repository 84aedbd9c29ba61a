package dev.anvil.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.anvil.RunContext;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.ImportRequest;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How long a person waits for the studio (docs/studio.md); takes minutes, so only when asked. */
@EnabledIfSystemProperty(named = "anvil.speed", matches = "true")
class StudioSpeedTest {
  private static final int POSTS = 100_000;
  private static final int FITTED = 60;
  private static final int TIMES = 5;
  private static final int SIDE = 1080;

  @TempDir static Path folder;

  private static StudioFixture fixture;
  private static StudioBrowser browser;

  @BeforeAll
  static void serve() throws IOException {
    fixture = StudioFixture.serve(folder);
    browser = new StudioBrowser(fixture.studio());
  }

  @AfterAll
  static void close() {
    browser.close();
    fixture.close();
  }

  private static Page open(String path) {
    return browser.open("http://127.0.0.1:%d%s".formatted(fixture.studio().port(), path));
  }

  private static double median(double[] millis, String what) {
    Arrays.sort(millis);
    System.out.printf(
        "%s: median %.0f ms of %d (%.0f to %.0f)%n",
        what, millis[millis.length / 2], millis.length, millis[0], millis[millis.length - 1]);
    return millis[millis.length / 2];
  }

  /** Milliseconds until a page has loaded, its scripts too. */
  private static double load(String path) {
    Page page = open(path);
    Object millis =
        page.evaluate("() => performance.getEntriesByType('navigation')[0].loadEventEnd");
    page.close();
    return ((Number) millis).doubleValue();
  }

  @Test
  void aHundredThousandPostsAreShownAndFiltered() throws IOException {
    Path table = many();
    fixture.anvil().run(ImportRequest.of(table, "Many"), RunContext.NONE);
    double[] first = new double[TIMES];
    double[] filtered = new double[TIMES];
    long began = System.nanoTime();
    fixture.anvil().gallery().rows("Many", Optional.empty());
    System.out.printf(
        "reading %,d posts, which the studio does in the background: %.0f ms%n",
        POSTS, (System.nanoTime() - began) / 1e6);
    for (int i = 0; i < TIMES; i++) {
      first[i] = load("/campaign?campaign=Many");
      filtered[i] = load("/campaign?campaign=Many&sort=likes&column=channel%3Dmail&text=s01" + i);
    }
    double shown = median(first, "first page of 100,000 posts");
    double passed = median(filtered, "filter of 100,000 posts");
    assertThat(shown).isLessThan(1000);
    assertThat(passed).isLessThan(2000);
  }

  /** Posts of the showroom's pictures, each many times. */
  private static Path many() throws IOException {
    Path few = StudioFixture.posts(Files.createDirectories(folder.resolve("many")), 200);
    String[] pictures =
        Files.readAllLines(few).stream()
            .skip(1)
            .map(l -> l.replaceAll(".*(pictures/[^,]*),.*", "$1"))
            .toArray(String[]::new);
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder csv = new StringBuilder("id,picture,published,channel,likes\n");
    for (int i = 0; i < POSTS; i++) {
      csv.append(
          "q%06d,%s,%s,%s,%d%n"
              .formatted(
                  i,
                  pictures[i % pictures.length],
                  LocalDateTime.of(2015, 1, 1, 8, 0).plusMinutes(50L * i),
                  i % 3 == 0 ? "mail" : "web",
                  100 + random.nextInt(400)));
    }
    return Files.writeString(few, csv);
  }

  @Test
  void aLargePictureIsPointedAtAndPaintedAnew() throws IOException {
    Path table = StudioFixture.posts(Files.createDirectories(folder.resolve("large")), FITTED);
    Path picture = table.resolveSibling(large(table));
    fixture.anvil().run(ImportRequest.of(table, "Large"), RunContext.NONE);
    long model = fixture.anvil().run(FitRequest.of("Large"), RunContext.NONE).run();
    String post =
        fixture
            .signIn()
            .get(
                "/api/posts?campaign=Large&model=%d&text=%s"
                    .formatted(model, picture.getFileName()))
            .json()
            .at("/rows/0/id")
            .asText();
    Page page = open("/creative?model=%d&post=%s".formatted(model, post));
    page.waitForFunction("() => document.documentElement.dataset.ready === 'true'");
    double[] hover = new double[20];
    for (int i = 0; i < hover.length; i++) {
      hover[i] = ((Number) page.evaluate(HOVER, i)).doubleValue();
    }
    assertThat(median(hover, "highlight under the pointer, 1080 x 1080")).isLessThan(100);
    page.locator("[data-element]:not([data-element=background])").first().click();
    String[] colours = {"red", "blue", "green", "orange", "black", "white"};
    double[] painted = new double[colours.length];
    for (int i = 0; i < colours.length; i++) {
      painted[i] = ((Number) page.evaluate(PAINT, colours[i])).doubleValue();
    }
    assertThat(
            median(
                Arrays.copyOfRange(painted, 1, painted.length),
                "recolour to new prediction, 1080 x 1080"))
        .isLessThan(1000);
    page.close();
  }

  /** Milliseconds from a move of the pointer to the frame that shows it. */
  private static final String HOVER =
      """
      async step => {
        const canvas = document.getElementById("overlay");
        const box = canvas.getBoundingClientRect();
        const began = performance.now();
        canvas.dispatchEvent(new PointerEvent("pointermove", { clientX: box.left + box.width * (0.2 + 0.03 * step), clientY: box.top + box.height * 0.6 }));
        await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - began;
      }\
      """;

  /** Milliseconds from the click on a colour to the number. */
  private static final String PAINT =
      """
      async name => {
        const place = document.getElementById("variants");
        const began = performance.now();
        const shown = new Promise(done => new MutationObserver(() => {
          if (place.textContent.includes(` in ${name} (`)) done();
        }).observe(place, { childList: true, subtree: true }));
        document.querySelector(`[data-name=${name}]`).click();
        await shown;
        return performance.now() - began;
      }\
      """;

  /** Makes the picture of the first post with a car a large one; returns its name. */
  private static String large(Path table) throws IOException {
    String line = Files.readAllLines(table).get(StudioFixture.HOSTILE.size() + 3);
    String name = line.replaceAll(".*(pictures/[^,]*),.*", "$1");
    BufferedImage small = ImageIO.read(table.resolveSibling(name).toFile());
    BufferedImage out = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = out.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    pen.drawImage(small, 0, 0, SIDE, SIDE, null);
    pen.dispose();
    ImageIO.write(out, "jpg", table.resolveSibling(name).toFile());
    return name;
  }
}
