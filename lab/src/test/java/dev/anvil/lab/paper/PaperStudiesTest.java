package dev.anvil.lab.paper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.engine.request.StudyText;
import dev.anvil.lab.Showroom;
import dev.anvil.showroom.Scene;
import dev.anvil.showroom.World;
import dev.anvil.showroom.WorldSpec;
import dev.anvil.study.spec.StudySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaperStudiesTest {
  private static final PaperFiles FILES =
      new PaperFiles(new Showroom(Path.of(System.getProperty("anvil.home")).resolve("showroom")));

  private static List<StudySpec> studies() {
    return Stream.of(FILES.generative(), FILES.showroom().study(), FILES.exact(), FILES.generated())
        .map(file -> StudyText.read(file).spec())
        .toList();
  }

  @Test
  void everyContrastHasATruth() throws IOException {
    World world = new World(WorldSpec.read(FILES.showroom().world()));
    for (StudySpec study : studies()) {
      study
          .factors()
          .forEach(
              factor ->
                  factor.levels().keySet().stream()
                      .filter(level -> !level.equals(factor.reference()))
                      .forEach(
                          level ->
                              assertThat(world.spec().effects().get(factor.name()))
                                  .as("%s: %s", study.name(), factor.name())
                                  .containsKey(level)));
    }
  }

  @Test
  void generativeAndExactPicturesHaveTheSameContrasts() {
    StudySpec generative = StudyText.read(FILES.generative()).spec();
    StudySpec exact = StudyText.read(FILES.exact()).spec();
    assertThat(generative.factors())
        .allSatisfy(
            factor ->
                assertThat(
                        exact.factors().stream()
                            .filter(f -> f.name().equals(factor.name()))
                            .flatMap(f -> f.levels().keySet().stream()))
                    .containsExactlyElementsOf(factor.levels().keySet()));
  }

  @Test
  void everyPostHasACaption() throws IOException {
    Path folder = Files.createTempDirectory("captions");
    Path captions = Captions.write(FILES.showroom().scenes(), folder);
    assertThat(Files.readAllLines(captions))
        .hasSize(
            1 + (int) Scene.read(FILES.showroom().scenes()).stream().filter(Scene::isBase).count())
        .noneMatch(line -> line.contains("null"))
        .anyMatch(line -> line.endsWith("a photo of a red van in a forest with a person"));
    Files.delete(captions);
    Files.delete(folder);
  }
}
