package dev.anvil.lab.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.Sha256;
import dev.anvil.lab.acceptance.Acceptance.Outcome;
import dev.anvil.lab.acceptance.AcceptanceTest.Expected;
import dev.anvil.lab.acceptance.AcceptanceTest.Sample;
import dev.anvil.onnx.Tensor;
import dev.anvil.packs.ModelPack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares packs with published numbers, where the pictures for it are at hand. */
public final class AcceptanceRunner {
  private final Optional<Path> pictures;

  /**
   * @param pictures folder with the sample pictures
   */
  public AcceptanceRunner(Optional<Path> pictures) {
    this.pictures = pictures;
  }

  /** Runs every test that is for this pack. */
  public List<Acceptance> run(ModelPack pack) throws IOException {
    List<Acceptance> out = new ArrayList<>();
    for (AcceptanceTest test : AcceptanceTest.of(pack)) {
      out.add(run(pack, test));
    }
    return out;
  }

  Acceptance run(ModelPack pack, AcceptanceTest test) throws IOException {
    Optional<Path> sample = Optional.empty();
    if (test.sample().isPresent()) {
      sample = find(test.sample().get());
      if (sample.isEmpty()) {
        return result(
            pack,
            test,
            Outcome.NOT_RUN,
            "the picture %s is not there (--pictures FOLDER; %s)"
                .formatted(test.sample().get().file(), test.sample().get().where()));
      }
    }
    Map<String, Tensor> outputs;
    try (AcceptanceInputs inputs = new AcceptanceInputs(pack, test)) {
      Optional<String> obstacle = inputs.obstacle();
      if (obstacle.isPresent()) {
        return result(pack, test, Outcome.NOT_RUN, obstacle.get());
      }
      outputs = inputs.run(sample);
    }
    double worst = 0;
    for (Expected expected : test.expected()) {
      Tensor found = outputs.get(expected.output());
      if (found == null) {
        return result(
            pack,
            test,
            Outcome.DIFFERS,
            "found the outputs %s; expected %s".formatted(outputs.keySet(), expected.output()));
      }
      worst = Math.max(worst, difference(found, expected));
    }
    return result(
        pack,
        test,
        worst <= test.tolerance() ? Outcome.AGREES : Outcome.DIFFERS,
        String.format(
            Locale.ROOT,
            "the largest difference is %.2g; expected at most %.2g (%s)",
            worst,
            test.tolerance(),
            test.source()));
  }

  private static Acceptance result(
      ModelPack pack, AcceptanceTest test, Outcome outcome, String words) {
    return new Acceptance(pack.manifest().name(), test.name(), outcome, words);
  }

  private Optional<Path> find(Sample sample) throws IOException {
    if (pictures.isEmpty()) {
      return Optional.empty();
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(pictures.get())) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      boolean same =
          sample.sha256().isPresent()
              ? Sha256.of(file).startsWith(sample.sha256().get())
              : file.getFileName().toString().matches(sample.file());
      if (same) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** The largest absolute difference; infinite where the output has not these values at all. */
  private static double difference(Tensor found, Expected expected) {
    double scale = 1;
    if (expected.unit()) {
      double squares = 0;
      for (float v : found.toArray()) {
        squares += (double) v * v;
      }
      scale = 1 / Math.sqrt(squares);
    }
    int offset = 0;
    if (expected.at().size() > found.shape().size()) {
      return Double.POSITIVE_INFINITY;
    }
    for (int axis = 0; axis < expected.at().size(); axis++) {
      offset = offset * found.dim(axis) + expected.at().get(axis);
    }
    return difference(found, expected.at().size(), offset, expected.values(), scale);
  }

  private static double difference(
      Tensor found, int axis, int offset, JsonNode values, double scale) {
    boolean leaf = axis == found.shape().size();
    if (leaf != values.isNumber()) {
      return Double.POSITIVE_INFINITY;
    }
    if (leaf) {
      double difference = Math.abs(found.data().get(offset) * scale - values.doubleValue());
      return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }
    if (values.size() > found.dim(axis)) {
      return Double.POSITIVE_INFINITY;
    }
    double worst = 0;
    for (int i = 0; i < values.size(); i++) {
      worst =
          Math.max(
              worst,
              difference(found, axis + 1, offset * found.dim(axis) + i, values.get(i), scale));
    }
    return worst;
  }
}
