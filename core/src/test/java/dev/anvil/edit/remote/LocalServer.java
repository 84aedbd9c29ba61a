package dev.anvil.edit.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine that notes what it is asked, and what it finds wrong with that. */
public final class LocalServer implements AutoCloseable {
  static final JsonMapper JSON = new JsonMapper();

  /** What was asked. */
  public record Received(
      String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }

    String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }
  }

  /** What is answered. */
  public record Answer(int status, Map<String, String> headers, byte[] body) {
    static Answer json(int status, String json) {
      return new Answer(
          status,
          Map.of("Content-Type", "application/json"),
          json.getBytes(StandardCharsets.UTF_8));
    }

    static Answer json(Object tree) {
      return json(200, JSON.valueToTree(tree).toString());
    }

    static Answer png(byte[] png) {
      return new Answer(200, Map.of("Content-Type", "image/png"), png);
    }

    Answer with(String header, String value) {
      return new Answer(status, Map.of(header, value), body);
    }
  }

  /** Decides. */
  public interface Handler {
    Answer answer(Received seen) throws Exception;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> seen = new CopyOnWriteArrayList<>();
  private final List<Throwable> problems = new CopyOnWriteArrayList<>();

  public LocalServer(Handler handler) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(exchange, handler));
    server.start();
  }

  private void handle(HttpExchange exchange, Handler handler) throws IOException {
    Received asked =
        new Received(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            exchange.getRequestURI().getQuery(),
            Map.copyOf(exchange.getRequestHeaders()),
            exchange.getRequestBody().readAllBytes());
    seen.add(asked);
    Answer answer;
    try {
      answer = handler.answer(asked);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.close();
      return;
    } catch (Exception | AssertionError e) {
      problems.add(e);
      answer = Answer.json(422, "{\"detail\": \"the test's server did not like it\"}");
    }
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    try (exchange) {
      exchange.getResponseBody().write(answer.body());
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Everything that was asked so far. */
  public List<Received> seen() {
    return seen;
  }

  /** What a handler found wrong with what it was asked. */
  public List<Throwable> problems() {
    return problems;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
