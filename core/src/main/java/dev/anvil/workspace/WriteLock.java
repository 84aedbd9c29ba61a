package dev.anvil.workspace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that one thread of one process holds; it goes with the process, however that ends.
 *
 * <p>File locks belong to a whole process, so threads of one process are kept apart by a second
 * lock in memory.
 */
public final class WriteLock implements AutoCloseable {
  private static final ConcurrentHashMap<Path, ReentrantLock> IN_PROCESS =
      new ConcurrentHashMap<>();

  private final ReentrantLock inProcess;
  private final FileChannel channel;
  private final FileLock lock;

  private WriteLock(ReentrantLock inProcess, FileChannel channel, FileLock lock) {
    this.inProcess = inProcess;
    this.channel = channel;
    this.lock = lock;
  }

  /** Waits for the lock on {@code file}, which is created where it does not exist. */
  public static WriteLock on(Path file) throws IOException {
    ReentrantLock inProcess =
        IN_PROCESS.computeIfAbsent(
            file.toAbsolutePath().normalize(), absent -> new ReentrantLock());
    inProcess.lock();
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return new WriteLock(inProcess, channel, channel.lock());
    } catch (IOException | RuntimeException e) {
      inProcess.unlock();
      if (channel != null) {
        channel.close();
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.release();
    } finally {
      inProcess.unlock();
    }
  }
}
