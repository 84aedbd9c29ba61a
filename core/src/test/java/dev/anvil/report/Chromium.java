package dev.anvil.report;

import static org.assertj.core.api.Assertions.fail;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The browser of this machine, without a window. */
record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {
  private static final Path PROGRAM =
      Path.of(System.getProperty("anvil.chromium", "/usr/bin/chromium"));

  static Chromium open() {
    if (!Files.isExecutable(PROGRAM)) {
      fail(
          "no browser at %s; install one with \"apt-get install -y chromium\", or name another with -Danvil.chromium=PATH"
              .formatted(PROGRAM));
    }
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Chromium(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(PROGRAM)
                    .setArgs(
                        List.of(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run"))));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
