package dev.anvil.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The browser of this machine, signed in to a studio. */
final class StudioBrowser implements AutoCloseable {
  private static final Path PROGRAM =
      Path.of(System.getProperty("anvil.chromium", "/usr/bin/chromium"));
  private static final double PATIENCE_MILLIS = 240_000;

  private final Playwright playwright;
  private final Browser browser;
  private final BrowserContext context;
  private final List<String> complaints = new ArrayList<>();

  StudioBrowser(Studio studio) {
    if (!Files.isExecutable(PROGRAM)) {
      fail(
          "no browser at %s; install one, or name another with -Danvil.chromium=PATH"
              .formatted(PROGRAM));
    }
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(PROGRAM)
                    .setArgs(
                        List.of("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run")));
    context = browser.newContext();
    context.setDefaultTimeout(PATIENCE_MILLIS);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    Page page = open(studio.link());
    page.waitForURL("http://127.0.0.1:%d/".formatted(studio.port()));
    page.close();
  }

  /** A page whose complaints, broken policies too, are remembered. */
  Page open(String address) {
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(page.url() + ": " + message.text());
          }
        });
    page.onPageError(error -> complaints.add(page.url() + ": " + error));
    page.navigate(address);
    return page;
  }

  List<String> complaints() {
    return complaints;
  }

  /** Drops files on a place of a page, as a person does from a file manager. */
  static void drop(Page page, String place, List<Path> files) throws IOException {
    List<Map<String, String>> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(
          Map.of(
              "name",
              file.getFileName().toString(),
              "bytes",
              Base64.getEncoder().encodeToString(Files.readAllBytes(file))));
    }
    page.evaluate(
        """
        ([place, files]) => {
          const transfer = new DataTransfer();
          for (const { name, bytes } of files) {
            transfer.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], name));
          }
          document.querySelector(place).dispatchEvent(
            new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: transfer }));
        }\
        """,
        List.of(place, contents));
  }

  /** Everything that axe finds against WCAG 2.2 AA, one line each. */
  @SuppressWarnings("unchecked")
  static List<String> violations(Page page) throws IOException {
    try (InputStream axe = StudioBrowser.class.getResourceAsStream("/axe/axe.min.js")) {
      page.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8) + "; null");
    }
    return (List<String>)
        page.evaluate(
            """
            async () => (await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }))
              .violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.target).join(" ")}`)\
            """);
  }

  /** Pictures of a page, narrow and wide, light and dark; with -Danvil.screenshots=true. */
  static void shoot(Page page, String name, Path folder) throws IOException {
    if (!Boolean.getBoolean("anvil.screenshots")) {
      return;
    }
    Files.createDirectories(folder);
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (int width : new int[] {1280, 390}) {
        page.setViewportSize(width, 900);
        page.waitForTimeout(300);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(
                    folder.resolve(
                        "%s-%d-%s.png"
                            .formatted(
                                name, width, scheme.name().toLowerCase(java.util.Locale.ROOT)))));
      }
    }
  }

  /** A picture of a page as it is, without waiting: of what does not last. */
  static void shootOnce(Page page, String name, Path folder) throws IOException {
    if (!Boolean.getBoolean("anvil.screenshots")) {
      return;
    }
    Files.createDirectories(folder);
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(folder.resolve(name + ".png")));
  }

  /** Nothing sticks out of a page at any usual width. */
  static void assertFits(Page page) {
    for (int width : new int[] {390, 768, 1280, 2560}) {
      page.setViewportSize(width, 900);
      Object over =
          page.evaluate(
              "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
      assertThat(((Number) over).intValue())
          .as("%s at %d", page.url(), width)
          .isLessThanOrEqualTo(0);
    }
    page.setViewportSize(1280, 900);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
