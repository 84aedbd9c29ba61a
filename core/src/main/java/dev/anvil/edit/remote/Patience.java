package dev.anvil.edit.remote;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long a server is waited for.
 *
 * @param timeout for one whole answer
 * @param retries how often a request is made again after the first time
 * @param pause before the first retry, doubled before each further one
 */
record Patience(Duration timeout, int retries, Duration pause) {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** The pause before a retry, shorter or longer by up to a half, so that callers spread. */
  Duration before(int retry, SplittableRandom jitter) {
    double factor = Math.pow(2, Math.min(retry, 20)) * (.5 + jitter.nextDouble());
    long millis = Math.round((double) pause.toMillis() * factor);
    return Duration.ofMillis(Math.min(LONGEST.toMillis(), millis));
  }
}
