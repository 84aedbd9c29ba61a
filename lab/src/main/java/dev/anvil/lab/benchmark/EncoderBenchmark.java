package dev.anvil.lab.benchmark;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.Encoder.Prepared;
import dev.anvil.encode.EncodingItem;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.encode.EncodingPipeline.Settings;
import dev.anvil.encode.View;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.store.EmbeddingStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * How much of the network's own speed is left when pictures come from files.
 *
 * @param pictures number of pictures of one round
 * @param whole picture files to embeddings through the pipeline, pictures per second
 * @param inference prepared tensors to embeddings, pictures per second
 * @param ratio whole by inference, the median of the rounds
 */
public record EncoderBenchmark(int pictures, double whole, double inference, double ratio) {
  /**
   * Measures both in turns, so that other work on the machine meets both alike; the first round
   * warms up and does not count.
   *
   * @param files pictures, at least one; all are held prepared in memory at once
   * @param rounds at least 1
   */
  public static EncoderBenchmark measure(
      Encoder encoder, List<Path> files, Settings settings, int rounds, RunContext context) {
    List<EncodingItem> items =
        files.stream()
            .map(f -> new EncodingItem(f.toString(), f.toString(), step -> view(f)))
            .toList();
    List<Prepared> prepared = files.stream().map(f -> encoder.prepare(view(f))).toList();
    EncodingPipeline pipeline = new EncodingPipeline(encoder, EmbeddingStore.NONE, settings);
    double[] whole = new double[rounds];
    double[] inference = new double[rounds];
    try (Phase phase = context.start("measure", rounds + 1)) {
      for (int i = -1; i < rounds; i++) {
        double wholeSeconds = seconds(() -> pipeline.encode(items, RunContext.NONE).orThrow());
        double inferenceSeconds = seconds(() -> infer(encoder, prepared, settings));
        if (i >= 0) {
          whole[i] = files.size() / wholeSeconds;
          inference[i] = files.size() / inferenceSeconds;
        }
        phase.step(1);
      }
    }
    double[] ratios =
        IntStream.range(0, rounds).mapToDouble(i -> whole[i] / inference[i]).toArray();
    return new EncoderBenchmark(files.size(), median(whole), median(inference), median(ratios));
  }

  /** A picture with its middle as its element, so that masks are paid for too. */
  private static View view(Path file) {
    Picture picture = PictureReader.DEFAULT.read(file);
    int width = picture.width();
    int height = picture.height();
    float[] alpha = new float[width * height];
    for (int y = height / 4; y < height * 3 / 4; y++) {
      Arrays.fill(alpha, y * width + width / 4, y * width + width * 3 / 4, 1);
    }
    return new View(picture, Optional.of(new Mask(width, height, alpha)));
  }

  private static void infer(Encoder encoder, List<Prepared> prepared, Settings settings) {
    ExecutorService callers = Executors.newFixedThreadPool(settings.callers());
    try {
      List<Future<float[][]>> batches = new ArrayList<>();
      for (int from = 0; from < prepared.size(); from += settings.batch()) {
        List<Prepared> batch =
            prepared.subList(from, Math.min(prepared.size(), from + settings.batch()));
        batches.add(callers.submit(() -> encoder.infer(batch, RunContext.NONE)));
      }
      for (Future<float[][]> batch : batches) {
        batch.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("measuring failed", e.getCause());
    } finally {
      callers.shutdown();
    }
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
