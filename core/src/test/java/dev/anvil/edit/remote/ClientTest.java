package dev.anvil.edit.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.anvil.CancelledException;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.edit.Editor;
import dev.anvil.edit.Parameters;
import dev.anvil.edit.remote.LocalServer.Answer;
import dev.anvil.edit.remote.LocalServer.Handler;
import dev.anvil.image.PictureWriter;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What editors make of servers that are slow, busy, broken or hostile. */
class ClientTest {
  private static final String SECRET = "ann:correct horse";
  private static final Map<String, String> AUTH = Map.of(Remotes.AUTOMATIC1111_AUTH, SECRET);
  private static final List<String> FORMS =
      List.of(
          "correct horse",
          Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)));

  private static Editor editor(String url, Map<String, Object> more) {
    Map<String, Object> study = Painting.study(url, Map.of("size", 64, "retries", 2));
    study.putAll(more);
    return Painting.editor("automatic1111", study, AUTH);
  }

  private static Throwable failure(LocalServer server, Map<String, Object> more) {
    Throwable failure =
        catchThrowable(() -> editor(server.url(), more).edit(Painting.request(1), RunContext.NONE));
    for (Throwable t = failure; t != null; t = t.getCause()) {
      assertThat(t.toString()).doesNotContain(FORMS);
    }
    return failure;
  }

  private static Throwable failure(Handler handler) {
    try (LocalServer server = new LocalServer(handler)) {
      return failure(server, Map.of());
    }
  }

  @Test
  void givesUpOnASlowServer() {
    try (LocalServer server =
        new LocalServer(
            seen -> {
              Thread.sleep(20_000);
              return Answer.json(Map.of());
            })) {
      assertThat(failure(server, Map.of("timeout", .3)))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining("gave no answer within 0.3 s");
      assertThat(server.seen()).hasSize(1);
    }
  }

  @Test
  void triesAgainWhenAServerIsBusy() {
    AtomicInteger calls = new AtomicInteger();
    try (LocalServer server =
        new LocalServer(
            seen ->
                calls.incrementAndGet() < 3
                    ? Answer.json(503, "{\"detail\": \"loading\"}")
                    : Automatic1111Server.answer(seen))) {
      assertThat(
              editor(server.url(), Map.of())
                  .edit(Painting.request(1), RunContext.NONE)
                  .changed()
                  .coverage())
          .isPositive();
      assertThat(calls).hasValue(3);
      assertThat(server.seen().get(2).body()).isEqualTo(server.seen().get(0).body());
    }
  }

  @Test
  void waitsAsLongAsAServerAsksFor() {
    AtomicInteger calls = new AtomicInteger();
    try (LocalServer server =
        new LocalServer(
            seen ->
                calls.incrementAndGet() < 2
                    ? Answer.json(429, "{}").with("Retry-After", "1")
                    : Automatic1111Server.answer(seen))) {
      long start = System.nanoTime();
      editor(server.url(), Map.of()).edit(Painting.request(1), RunContext.NONE);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
      assertThat(calls).hasValue(2);
    }
  }

  @Test
  void doesNotWaitForAnHour() {
    assertThat(failure(seen -> Answer.json(429, "{}").with("Retry-After", "3600")))
        .hasMessageContaining("answered 429");
  }

  @Test
  void stopsTryingAndSaysSo() {
    try (LocalServer server = new LocalServer(seen -> Answer.json(503, "{\"error\": \"full\"}"))) {
      assertThat(failure(server, Map.of()))
          .hasMessageMatching("127.0.0.1:\\d+: answered 503: full \\(3 tries\\)");
      assertThat(server.seen()).hasSize(3);
    }
  }

  @Test
  void doesNotRepeatWhatAServerRefuses() {
    try (LocalServer server =
        new LocalServer(
            seen ->
                Answer.json(
                    422,
                    "{\"detail\": [{\"loc\": [\"body\", \"steps\"], \"msg\": \"not an"
                        + " integer\"}]}"))) {
      assertThat(failure(server, Map.of()))
          .hasMessageContaining("answered 422: not an integer at body.steps");
      assertThat(server.seen()).hasSize(1);
    }
  }

  @Test
  void saysThatNobodyIsThere() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(
            () ->
                editor("http://127.0.0.1:" + port, Map.of())
                    .edit(Painting.request(1), RunContext.NONE))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("cannot be reached")
        .hasMessageContaining("(3 tries)");
  }

  @Test
  void readsNoRubbish() {
    assertThat(failure(seen -> Answer.json(200, "<html>login</html>")))
        .hasMessageContaining("answered no JSON");
    assertThat(failure(seen -> Answer.json(200, "[1, 2]")))
        .hasMessageContaining("answered no JSON object");
    assertThat(failure(seen -> Answer.json(200, "{}")))
        .hasMessageContaining("answered without a picture");
    assertThat(failure(seen -> Answer.json(Map.of("images", List.of("&&&&=")))))
        .isInstanceOf(ServerException.class);
    assertThat(failure(seen -> Answer.json(Map.of("images", List.of("x"), "info", "no json"))))
        .hasMessageContaining("info that is no JSON");
  }

  @Test
  void takesNoTruncatedPictureAndNoneOfAnotherSize() {
    byte[] png = PictureWriter.png(Painting.request(1).source());
    String cut = Base64.getEncoder().encodeToString(Arrays.copyOf(png, png.length / 2));
    assertThat(failure(seen -> Answer.json(Map.of("images", List.of(cut)))))
        .hasMessageContaining("gave no whole picture");
    String whole = Base64.getEncoder().encodeToString(png);
    assertThat(failure(seen -> Answer.json(Map.of("images", List.of(whole)))))
        .hasMessageContaining("gave a picture of 90 x 60; expected 64 x 48");
  }

  @Test
  void followsNoRedirectWithASecret() {
    try (LocalServer other = new LocalServer(seen -> Answer.json(Map.of()));
        LocalServer server =
            new LocalServer(
                seen ->
                    Answer.json(307, "{}")
                        .with(
                            "Location",
                            other.url().replace("127.0.0.1", "localhost") + seen.path()))) {
      assertThat(failure(server, Map.of()))
          .hasMessageContaining("redirects to localhost, which is not followed");
      assertThat(other.seen()).isEmpty();
    }
  }

  @Test
  void hidesSecretsThatAServerRepeats() {
    assertThat(
            failure(
                seen ->
                    Answer.json(
                        401,
                        "{\"detail\": \"bad %s of %s\"}"
                            .formatted(seen.header("Authorization"), SECRET))))
        .hasMessageContaining("answered 401; it refuses the key: bad Basic *** of ***");
    assertThat(failure(seen -> Answer.json(200, "correct horse")))
        .hasMessageContaining("answered no JSON");
    assertThat(failure(seen -> Answer.json(403, "x".repeat(395) + " " + SECRET)))
        .hasMessageEndingWith("...");
  }

  @Test
  @Timeout(120)
  void endsWhenItsThreadIsInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    AtomicReference<Throwable> end = new AtomicReference<>();
    try (LocalServer server =
        new LocalServer(
            seen -> {
              asked.countDown();
              Thread.sleep(60_000);
              return Answer.json(Map.of());
            })) {
      Thread thread =
          new Thread(
              () ->
                  end.set(
                      catchThrowable(
                          () ->
                              editor(server.url(), Map.of())
                                  .edit(Painting.request(1), RunContext.NONE))));
      thread.start();
      asked.await();
      thread.interrupt();
      thread.join();
      assertThat(end.get()).isInstanceOf(CancelledException.class);
    }
  }

  @Test
  void spacesTheEditsOfAllEditorsOfOneServer() {
    try (LocalServer server = Automatic1111Server.start()) {
      Remotes remotes =
          new Remotes(Map.of(), Consent.of(List.of(server.url()), Map.of()), Duration.ofMillis(20));
      long start = System.nanoTime();
      for (int i = 0; i < 3; i++) {
        Map<String, Object> study = Painting.study(server.url(), Map.of("size", 64, "rate", 300));
        remotes
            .create("automatic1111", new Parameters("automatic1111", study, Path.of("")))
            .edit(Painting.request(i), RunContext.NONE);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(390));
    }
  }

  @Test
  void pausesLongerEachTimeByTheSeed() {
    Patience patience = new Patience(Duration.ofSeconds(1), 9, Duration.ofSeconds(1));
    for (int retry = 0; retry < 12; retry++) {
      Duration pause = patience.before(retry, Seeds.random(7, "retry", retry));
      double expected = Math.min(60, Math.pow(2, retry));
      assertThat(pause.toMillis() / 1000.0).isBetween(.5 * expected, Math.min(60, 1.5 * expected));
      assertThat(patience.before(retry, Seeds.random(7, "retry", retry))).isEqualTo(pause);
    }
  }

  @Test
  void readsNoMoreThanIsAllowed() {
    BoundedBody body = new BoundedBody(3);
    body.onSubscribe(
        new Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {}
        });
    body.onNext(List.of(ByteBuffer.allocate(2), ByteBuffer.allocate(2)));
    body.onComplete();
    assertThat(body.getBody().toCompletableFuture()).isCompletedExceptionally();
  }
}
