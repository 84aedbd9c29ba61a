package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    assertThat(
            Tables.text(
                List.of("level", "effect", "verdict"),
                List.of(
                    List.of("red", "+1.0 %", "helps"),
                    List.of("a level with a very long name indeed", "+12.5 %", "not resolved"))))
        .isEqualTo(
            """
            level                                 effect   verdict
            red                                   +1.0 %   helps
            a level with a very long name indeed  +12.5 %  not resolved
            """
                .replace("\n", System.lineSeparator()));
  }

  @Test
  void cellsAreTakenAsTheyAre() {
    assertThat(Tables.text(List.of("a", "b"), List.of(List.of("100 %d", 3))))
        .isEqualTo("a       b%n100 %%d  3%n".formatted());
  }
}
