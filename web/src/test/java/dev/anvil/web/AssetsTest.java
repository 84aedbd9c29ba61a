package dev.anvil.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.web.page.Assets;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Styles and scripts as they are sent. */
class AssetsTest {
  private static final int MOST = 80_000;

  @Test
  void allScriptsBesidesVegaStaySmall() {
    int bytes =
        Assets.own().stream()
            .filter(name -> name.endsWith(".js") && !name.startsWith("vega"))
            .mapToInt(name -> Assets.bytes(name).length)
            .sum();
    System.out.printf("scripts besides Vega: %,d bytes%n", bytes);
    assertThat(bytes).isBetween(20_000, MOST);
  }

  /** Vega writes a true minus sign, which other character sets do not have. */
  @Test
  void scriptsAreSentInUnicode(@TempDir Path folder) throws IOException {
    try (StudioFixture fixture = StudioFixture.serve(folder)) {
      Client.Reply vega = fixture.signIn().get("/assets/vega.js");
      assertThat(vega.header("Content-Type")).hasValue("text/javascript; charset=utf-8");
      assertThat(vega.text()).contains("\u2212");
    }
  }
}
