package dev.anvil.spark;

import dev.anvil.RunContext;
import dev.anvil.edit.remote.Consent;
import dev.anvil.encode.Encoded;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.EncodingItem;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.encode.View;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.network.Networks;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.image.PictureReader;
import dev.anvil.packs.ModelStore;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Encodes partitions of pictures as SynapseML's ONNXModel does it, with a session of ONNX Runtime
 * that is opened for each partition; or with one that the process keeps. Only that differs.
 */
record SessionsPerPartition(SparkSession spark, Path packs, String encoder, int partition) {
  private static Networks kept;

  void run(List<Path> pictures, boolean shared) {
    Partition work = new Partition(packs.toString(), encoder, shared);
    List<String> files = pictures.stream().map(Path::toString).toList();
    long done =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(files, Math.max(1, files.size() / partition))
            .mapPartitions(work::encode)
            .count();
    if (done != pictures.size()) {
      throw new AssertionError("found %d of %d".formatted(done, pictures.size()));
    }
  }

  private record Partition(String packs, String encoder, boolean shared) implements Serializable {
    Iterator<Integer> encode(Iterator<String> files) throws java.io.IOException {
      List<String> all = new ArrayList<>();
      files.forEachRemaining(all::add);
      if (shared) {
        return encode(all, kept(packs)).iterator();
      }
      try (Networks own = open(packs)) {
        return encode(all, own).iterator();
      }
    }

    private List<Integer> encode(List<String> files, Networks networks) throws java.io.IOException {
      Path scratch = Files.createTempDirectory("sessions");
      try (Lease<Encoder> lease = networks.encoder(EncoderChoice.parse(encoder))) {
        Encoder network = lease.get();
        Encoded encoded =
            new EncodingPipeline(
                    network,
                    new CollectingStores(scratch, List.of())
                        .embeddings(network.id(), network.dimension()),
                    new EncodingPipeline.Settings(1, 1, 8))
                .encode(
                    files.stream().map(Partition::item).toList(), RunContext.NONE.withThreads(1));
        return encoded.rows().stream().flatMap(Optional::stream).map(row -> row.length).toList();
      } finally {
        Files.delete(scratch);
      }
    }

    private static EncodingItem item(String file) {
      return new EncodingItem(
          file,
          file,
          step -> new View(PictureReader.DEFAULT.read(Path.of(file)), Optional.empty()));
    }
  }

  private static Networks open(String packs) {
    return new Networks(new ModelStore(List.of(Path.of(packs))), 1, Consent.NONE);
  }

  private static synchronized Networks kept(String packs) {
    if (kept == null) {
      kept = open(packs);
    }
    return kept;
  }
}
