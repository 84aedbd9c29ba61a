package dev.anvil.spark;

import dev.anvil.AnvilException;
import dev.anvil.InternalException;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.ShutdownGuard;
import dev.anvil.engine.request.ElementsRequest;
import dev.anvil.engine.request.EmbedRequest;
import dev.anvil.engine.request.Request;
import dev.anvil.engine.request.Requests;
import dev.anvil.lab.scorecard.ScorecardRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Does one request on a cluster; started by spark-submit.
 *
 * <p>The outcome is printed to standard output as one line of JSON, phases to standard error; or
 * both to standard output, as events. Exit codes: 0 done, 1 something failed, 2 the arguments were
 * not understood, 3 an input cannot be used or something is not there (every problem of it is
 * printed), 130 it was stopped, also by SIGINT, 143 by SIGTERM, 129 by SIGHUP.
 */
public final class SparkMain {
  /** Longer than a cancelled step of any work takes. */
  private static final ShutdownGuard GUARD = new ShutdownGuard(Duration.ofSeconds(15));

  private SparkMain() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // numbers in names, keys and messages are the same everywhere
    GUARD.install();
    int code = run(args);
    code = GUARD.workEnded().orElse(code);
    if (code != 0) {
      System.exit(code); // else executors are let go of as spark-submit does it
    }
  }

  private static int run(String[] args) {
    Arguments asked;
    try {
      asked = Arguments.parse(args);
    } catch (InvalidInputException e) {
      e.problems().forEach(problem -> System.err.println("anvil-spark: " + problem));
      System.err.print(Arguments.USAGE);
      return 2;
    }
    Telling telling = asked.events() ? Telling.events() : Telling.text();
    try (SparkSession spark = SparkSession.builder().appName("anvil").getOrCreate();
        SparkAnvil anvil = SparkAnvil.open(spark, asked.settings())) {
      RunContext context = RunContext.of(telling, GUARD.cancellation());
      telling.finished(outcome(anvil, text(asked.request()), asked, context));
      return 0;
    } catch (AnvilException e) {
      telling.failed(e);
      return switch (e.code()) {
        case INTERNAL -> 1;
        case CANCELLED -> 130;
        default -> 3;
      };
    } catch (IOException e) {
      telling.failed(new InternalException("Spark cannot be closed", e));
      return 1;
    }
  }

  private static String text(Path request) {
    try {
      return Files.readString(request);
    } catch (IOException e) {
      throw new InvalidInputException(request.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }

  private static Object outcome(
      SparkAnvil anvil, String text, Arguments asked, RunContext context) {
    String where = asked.request().toString();
    Optional<ScorecardRequest> scorecard = ScorecardRequest.read(text, where);
    if (scorecard.isPresent()) {
      return anvil.scorecard(scorecard.get(), context);
    }
    Request<?> request = Requests.read(text, where);
    if (request instanceof EmbedRequest embed) {
      return anvil.embed(embed, asked.pictures(), context);
    }
    if (request instanceof ElementsRequest elements) {
      return anvil.elements(elements, asked.pictures(), context);
    }
    return anvil.run(request, context);
  }
}
