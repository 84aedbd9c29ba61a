package dev.anvil.predict.regressor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.Cancellation;
import dev.anvil.CancelledException;
import dev.anvil.InvalidInputException;
import dev.anvil.PhaseListener;
import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Data;
import dev.anvil.predict.matrix.Matrix;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class XgBoostTest extends TrainerContract {
  @Override
  protected Trainer trainer() {
    return XgBoost.fast(1, 7);
  }

  @Test
  void thePapersSettingsAreThePapers() {
    assertThat(XgBoost.paper(1, 7).settings())
        .containsEntry("num_boost_round", "1000")
        .containsEntry("max_depth", "7")
        .containsEntry("eta", "0.1")
        .containsEntry("tree_method", "hist");
    assertThat(XgBoost.paper(1, 7).name()).isEqualTo("xgboost-paper");
  }

  @Test
  void noiseStopsEarlyAndSignalLate() {
    Data signal = Data.of(120, 6, .1, 5);
    double[] noise = Data.of(120, 6, 0, 6).target();
    assertThat(trees(signal.features(), noise, signal.groups())).isLessThan(30);
    assertThat(trees(signal.features(), signal.target(), signal.groups())).isGreaterThan(60);
  }

  private int trees(Matrix features, double[] target, int[] groups) {
    return Integer.parseInt(
        trainer().prepare(features, target, groups, RunContext.NONE).choices().get("trees"));
  }

  @Test
  void treesGrownOneByOneAreThoseOfXgBoostsOwnTraining() throws XGBoostError {
    Data data = Data.of(120, 6, .1, 5);
    XgBoost trainer = new XgBoost(new XgBoost.Settings("few", 40, 4, .1, 64, .5, 0, 1, 7));
    DMatrix rows = new DMatrix(data.features().values(), 120, 6, Float.NaN);
    float[] labels = new float[120];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (float) data.target()[i];
    }
    rows.setLabel(labels);
    Map<String, Object> parameters = new TreeMap<>(trainer.settings());
    parameters.keySet().removeAll(List.of("num_boost_round", "early_stopping_rounds"));
    Booster whole = XGBoost.train(rows, parameters, 40, Map.of(), null, null);

    try (Regressor grown =
        trainer.train(data.features(), data.target(), data.groups(), RunContext.NONE)) {
      assertThat(grown.toBytes()).isEqualTo(BoostedTrees.of(whole.toByteArray("ubj"), 6).toBytes());
    }
  }

  @Test
  void trainingStopsBetweenTrees() {
    Data data = Data.of(200, 200, .1, 5);
    Cancellation cancellation = new Cancellation();
    Thread later =
        new Thread(
            () -> {
              RunContext.NONE.sleep(Duration.ofMillis(200));
              cancellation.cancel();
            });
    XgBoost endless =
        new XgBoost(new XgBoost.Settings("endless", 1_000_000, 6, .1, 256, 1, 0, 1, 7));
    later.start();
    assertThatThrownBy(
            () ->
                endless.train(
                    data.features(),
                    data.target(),
                    data.groups(),
                    RunContext.of(PhaseListener.NONE, cancellation)))
        .isInstanceOf(CancelledException.class);
  }

  /** Boosters live outside of Java's memory, and the collector does not see how large they are. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void closedRegressorsGiveTheirNativeMemoryBack() throws IOException {
    Data data = Data.of(400, 20, 3, 5);
    byte[] bytes;
    try (Regressor large =
        new XgBoost(new XgBoost.Settings("large", 300, 8, .1, 256, 1, 0, 1, 7))
            .train(data.features(), data.target(), data.groups(), RunContext.NONE)) {
      bytes = large.toBytes();
    }
    for (int i = 0; i < 200; i++) { // until Java's own heap is as large as it gets
      RegressorIo.read(bytes).close();
    }
    long before = residentBytes() - heapBytes();
    int reads = 600;
    for (int i = 0; i < reads; i++) {
      RegressorIo.read(bytes).close();
    }
    // each takes more in memory than as bytes; Java's own heap, which may have grown, is left out
    assertThat(bytes.length).isGreaterThan(900_000);
    assertThat(residentBytes() - heapBytes() - before).isLessThan(reads / 2L * bytes.length);
  }

  /** Memory alone does not tell: the finaliser frees it too, some time. */
  @Test
  void closingFreesTheBoosterAtOnce() {
    BoostedTrees trees = (BoostedTrees) train();

    trees.close();

    assertThatThrownBy(trees.booster::getNumFeature)
        .isInstanceOf(XGBoostError.class)
        .hasMessageContaining("disposed");
  }

  private static long residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  private static long heapBytes() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
  }

  @Test
  void aClosedRegressorRefusesToPredict() {
    Data data = Data.of(60, 6, .1, 5);
    Regressor trees =
        trainer().train(data.features(), data.target(), data.groups(), RunContext.NONE);
    trees.close();
    trees.close();
    assertThatThrownBy(() -> trees.predict(data.features()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void allUnusableSettingsAreNamed() {
    assertThatThrownBy(() -> new XgBoost.Settings("bad", 0, 4, 2, 64, .2, 30, 1, 7))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("trees: found 0")
        .hasMessageContaining("learning rate: found 2.0");
  }
}
