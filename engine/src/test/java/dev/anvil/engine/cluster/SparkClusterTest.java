package dev.anvil.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.request.StudyText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkClusterTest {
  @TempDir Path folder;

  @Test
  void allThatIsMissingIsNamedAtOnce() throws IOException {
    String gone;
    try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      gone = "spark://127.0.0.1:" + port.getLocalPort();
    }
    assertThat(problems(new SparkCluster(gone, Optional.empty(), Optional.empty(), List.of())))
        .satisfiesExactly(
            p ->
                assertThat(p)
                    .hasToString(
                        "SPARK_HOME: is not set; expected the folder of an installed Spark 4.2"),
            p -> assertThat(p.toString()).startsWith("job jar: found none; expected what mvn"),
            p -> assertThat(p.toString()).startsWith("cluster: " + gone + " does not answer"));
  }

  @Test
  void anInstallationOfAnotherSparkIsRefused() throws IOException {
    Path submit =
        Files.writeString(
            Files.createDirectories(folder.resolve("bin")).resolve("spark-submit"), "#!/bin/sh\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    Files.createFile(
        Files.createDirectories(folder.resolve("jars")).resolve("spark-core_2.12-3.5.1.jar"));
    Path jar = Files.createFile(folder.resolve("job.jar"));
    assertThat(
            problems(
                new SparkCluster("spark:/h", Optional.of(folder), Optional.of(jar), List.of())))
        .extracting(Problem::toString)
        .containsExactly(
            "SPARK_HOME: found spark-core_2.12-3.5.1.jar in %s; expected Spark 4.2 for Scala 2.13"
                .formatted(folder),
            "cluster: found \"spark:/h\"; expected spark://HOST:PORT");
  }

  private static List<Problem> problems(SparkCluster cluster) {
    try {
      cluster.check();
      return List.of();
    } catch (InvalidInputException e) {
      return e.problems();
    }
  }

  @Test
  void aStudyWhoseEditorIsAServerIsRefused() {
    StudyText study =
        new StudyText(
            """
            anvil: study/1
            name: Server
            metric: clicks
            sources: {element: car, count: 2}
            factors:
              colour:
                element: car
                editor: automatic1111
                reference: average
                levels:
                  red: {url: "http://127.0.0.1:7860", prompt: a red car}
                  blue: {url: "http://127.0.0.1:7860", prompt: a blue car}
            """,
            folder,
            "study.yaml");
    ClusterStudies studies =
        new ClusterStudies(
            new SparkCluster("spark://h:1", Optional.empty(), Optional.empty(), List.of()),
            folder,
            List.of(),
            "out");
    assertThatThrownBy(() -> studies.run(new StudyRequest(StudyOnModel.of(study)), RunContext.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "study.yaml, factor colour: found the editor automatic1111, whose work a server does");
  }
}
