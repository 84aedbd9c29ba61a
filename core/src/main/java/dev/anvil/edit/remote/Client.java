package dev.anvil.edit.remote;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.Cancellation;
import dev.anvil.CancelledException;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Talks to one server: waits, tries again where that may help, and says in words what went wrong.
 *
 * <p>Tried again: no connection, 429, 500, 502, 503, 504. Not tried again: a timeout, any other
 * refusal. Redirects are not followed, so that a secret goes to the server it was set for only.
 */
final class Client {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LARGEST_ANSWER = 96 << 20;
  private static final int LONGEST_WORDS = 400;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final HttpClient http;
  private final URI base;
  private final Optional<Secret> secret;
  private final Patience patience;

  /**
   * @param base without a slash at its end
   */
  Client(HttpClient http, URI base, Optional<Secret> secret, Patience patience) {
    this.http = requireNonNull(http, "http is null");
    this.base = requireNonNull(base, "base is null");
    this.secret = requireNonNull(secret, "secret is null");
    this.patience = requireNonNull(patience, "patience is null");
  }

  /** The server's name, as messages show it. */
  String host() {
    return base.getAuthority();
  }

  /** The server's address, without a slash at its end. */
  URI base() {
    return base;
  }

  Patience patience() {
    return patience;
  }

  /** Fetches something of the server. */
  byte[] get(String path, long seed, RunContext context) {
    return send(request(base + path).GET().build(), seed, context);
  }

  /** Fetches JSON of the server. */
  JsonNode getJson(String path, long seed, RunContext context) {
    return json(get(path, seed, context));
  }

  /** Fetches something that may be on another server, which is not told the secret. */
  byte[] getAnonymously(URI address, long seed, RunContext context) {
    return send(HttpRequest.newBuilder(address).GET().build(), seed, context);
  }

  /** Sends JSON, receives JSON. */
  JsonNode post(String path, JsonNode body, long seed, RunContext context) {
    return json(
        send(
            request(base + path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build(),
            seed,
            context));
  }

  /** Sends a form, receives JSON. */
  JsonNode post(String path, Multipart form, long seed, RunContext context) {
    return json(
        send(
            request(base + path)
                .header("Content-Type", form.contentType())
                .POST(BodyPublishers.ofByteArray(form.bytes()))
                .build(),
            seed,
            context));
  }

  /** A failure of this server, in words without secrets. */
  ServerException failure(String words) {
    String safe =
        secret.map(s -> s.redact(words)).orElse(words).replaceAll("[\\p{Cntrl}\\s]+", " ");
    return new ServerException(
        host(), safe.length() > LONGEST_WORDS ? safe.substring(0, LONGEST_WORDS) + " ..." : safe);
  }

  private HttpRequest.Builder request(String address) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address)).header("Accept", "application/json, image/*");
    secret.ifPresent(s -> request.header("Authorization", s.authorization()));
    return request;
  }

  private JsonNode json(byte[] body) {
    try {
      JsonNode node = JSON.readTree(body);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw failure("answered no JSON (%s)".formatted(e.getOriginalMessage()));
    } catch (IOException e) { // in no encoding of Unicode
      throw failure("answered no JSON (%s)".formatted(e.getMessage()));
    }
    throw failure("answered no JSON object but " + ErrorWords.of(body));
  }

  /**
   * What came of one try.
   *
   * @param body when the server did what it was asked
   * @param words when it did not
   * @param passing whether it may do so later
   * @param rest how long the server asks to be left alone
   */
  private record Outcome(
      Optional<byte[]> body, String words, boolean passing, Optional<Duration> rest) {
    static Outcome failed(String words, boolean passing) {
      return new Outcome(Optional.empty(), words, passing, Optional.empty());
    }
  }

  private byte[] send(HttpRequest request, long seed, RunContext context) {
    SplittableRandom jitter = Seeds.random(seed, "retry", request.uri().getPath());
    for (int retry = 0; ; retry++) {
      Outcome outcome = attempt(request, context);
      if (outcome.body().isPresent()) {
        return outcome.body().get();
      }
      Duration wait = outcome.rest().orElse(Duration.ZERO);
      if (!outcome.passing() || retry >= patience.retries() || wait.compareTo(LONGEST_WAIT) > 0) {
        String tries = retry == 0 ? "" : " (%d tries)".formatted(retry + 1);
        throw failure(outcome.words() + tries);
      }
      Duration pause = patience.before(retry, jitter);
      context.sleep(pause.compareTo(wait) > 0 ? pause : wait);
    }
  }

  private Outcome attempt(HttpRequest request, RunContext context) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, head -> new BoundedBody(LARGEST_ANSWER));
    try (Cancellation.Registration registration =
        context.cancellation().onCancel(() -> answer.cancel(true))) {
      requireNonNull(registration);
      return judge(answer.get(patience.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return Outcome.failed(
          "gave no answer within %s s; a longer timeout may help"
              .formatted(patience.timeout().toMillis() / 1000.0),
          false);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw CancelledException.of(e);
    } catch (CancellationException e) {
      throw new CancelledException();
    } catch (ExecutionException e) {
      return broken(e.getCause());
    }
  }

  private static Outcome broken(Throwable cause) {
    if (cause instanceof BoundedBody.TooLarge) {
      return Outcome.failed("answered more than %d MB".formatted(LARGEST_ANSWER >> 20), false);
    }
    if (cause instanceof ConnectException || cause instanceof HttpTimeoutException) {
      return Outcome.failed("cannot be reached; is the server running, and the url right?", true);
    }
    if (cause instanceof IOException) {
      return Outcome.failed("broke the connection off (%s)".formatted(cause.getMessage()), true);
    }
    throw new IllegalStateException(cause);
  }

  private Outcome judge(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    if (status / 100 == 2) {
      return new Outcome(Optional.of(answer.body()), "", false, Optional.empty());
    }
    if (status / 100 == 3) {
      String to = answer.headers().firstValue("Location").map(this::hostOf).orElse("nowhere");
      return Outcome.failed(
          "redirects to %s, which is not followed; give the final address as url".formatted(to),
          false);
    }
    String hint =
        switch (status) {
          case 401, 403 -> secret.isPresent() ? "; it refuses the key" : "; it wants a key";
          case 404 -> "; is the url right, and the server's API switched on?";
          default -> "";
        };
    return new Outcome(
        Optional.empty(),
        "answered %d%s: %s".formatted(status, hint, ErrorWords.of(answer.body())),
        status == 429 || status == 500 || (status >= 502 && status <= 504),
        answer.headers().firstValue("Retry-After").flatMap(Client::rest));
  }

  private String hostOf(String location) {
    try {
      return Optional.ofNullable(base.resolve(location).getHost()).orElse("nowhere");
    } catch (IllegalArgumentException e) {
      return "an address that is none";
    }
  }

  /** Seconds, or a date (RFC 9110, 10.2.3). */
  private static Optional<Duration> rest(String value) {
    try {
      if (value.strip().matches("\\d{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(value.strip())));
      }
      ZonedDateTime until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(Duration.between(Clock.systemUTC().instant(), until.toInstant()));
    } catch (DateTimeParseException e) {
      return Optional.empty(); // the server's own pace is unknown, ours is kept
    }
  }
}
