package dev.anvil.lab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fuzzing starts from and what it found is read, or refused in words. */
class FuzzCorpusTest {
  private record Reader(String corpus, Consumer<byte[]> reads) {
    @Override
    public String toString() {
      return corpus;
    }
  }

  static List<Reader> readers() {
    return List.of(
        new Reader("Tables", FuzzTables::fuzzerTestOneInput),
        new Reader("Studies", FuzzStudies::fuzzerTestOneInput),
        new Reader("Manifests", FuzzManifests::fuzzerTestOneInput),
        new Reader("Pictures", FuzzPictures::fuzzerTestOneInput),
        new Reader("Networks", FuzzNetworks::fuzzerTestOneInput));
  }

  @ParameterizedTest
  @MethodSource("readers")
  @Timeout(60)
  void eachInputIsReadOrRefused(Reader reader) throws IOException {
    Path corpus = Path.of("src/test/resources/dev/anvil/lab/fuzz", reader.corpus());
    try (Stream<Path> files = Files.list(corpus)) {
      List<Path> all = files.sorted().toList();
      assertThat(all).isNotEmpty();
      for (Path file : all) {
        reader.reads().accept(Files.readAllBytes(file));
      }
    }
  }
}
