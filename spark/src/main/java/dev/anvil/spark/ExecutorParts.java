package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.engine.network.Networks;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;

/**
 * What a batch works with on an executor.
 *
 * @param networks of the whole process
 * @param stores of this batch
 * @param hadoop how file systems are reached
 * @param scratch folder of this batch, deleted after it
 * @param context with the threads of the task
 */
record ExecutorParts(
    Networks networks,
    CollectingStores stores,
    Configuration hadoop,
    Path scratch,
    RunContext context) {
  private static final int BATCH = 8;

  ExecutorParts {
    requireNonNull(networks, "networks is null");
    requireNonNull(stores, "stores is null");
    requireNonNull(hadoop, "hadoop is null");
    requireNonNull(scratch, "scratch is null");
    requireNonNull(context, "context is null");
  }

  /** Encodes many pictures. */
  EncodingPipeline pipeline(Encoder encoder) {
    int threads = context.threads();
    return new EncodingPipeline(
        encoder,
        stores.embeddings(encoder.id(), encoder.dimension()),
        new EncodingPipeline.Settings(threads, threads, BATCH));
  }
}
