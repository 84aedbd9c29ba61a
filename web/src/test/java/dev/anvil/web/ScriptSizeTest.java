package dev.anvil.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.web.page.Assets;
import org.junit.jupiter.api.Test;

/** A page loads fast where its scripts are small. */
class ScriptSizeTest {
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
}
