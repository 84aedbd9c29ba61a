package dev.anvil.engine.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OutputNamesTest {
  @Test
  void eachNameIsGivenOnce() {
    OutputNames names = new OutputNames();

    assertThat(names.next(OutputNames.stem(Path.of("a/car.jpg")), "A blue car!", 1))
        .isEqualTo("car-a-blue-car-1.png");
    assertThat(names.next(OutputNames.stem(Path.of("b/car.png")), "a blue car?", 1))
        .isEqualTo("car-a-blue-car-1-2.png");
    assertThat(names.next("car")).isEqualTo("car.png");
    assertThat(names.next("car")).isEqualTo("car-2.png");
  }
}
