package dev.anvil.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server of models on this machine that answers as Hugging Face does, with ETag and Range, and
 * with the faults that a test asks for.
 */
public final class Hub implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, Deque<Answer>> faults = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** What was asked. */
  public record Request(String path, Optional<String> range, Optional<String> authorization) {}

  /** One answer to one request. */
  public interface Answer {
    void to(HttpExchange exchange, byte[] content) throws IOException;
  }

  public Hub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Its address. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Puts a file at a path, which begins with a slash. */
  public Hub file(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  /** The next requests of a path get these answers; the ones after that the file. */
  public Hub next(String path, Answer... answers) {
    faults.computeIfAbsent(path, p -> new ArrayDeque<>()).addAll(List.of(answers));
    return this;
  }

  /** All requests so far. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The requests of a path so far. */
  public List<Request> requests(String path) {
    return requests.stream().filter(r -> r.path.equals(path)).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(
        new Request(
            path,
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")),
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))));
    try (exchange) {
      Deque<Answer> waiting = faults.getOrDefault(path, new ArrayDeque<>());
      Answer answer;
      synchronized (waiting) {
        answer = waiting.isEmpty() ? Hub::serve : waiting.poll();
      }
      answer.to(exchange, files.get(path));
    }
  }

  /** Serves the file, or the part of it that is asked for. */
  public static void serve(HttpExchange exchange, byte[] content) throws IOException {
    serve(exchange, content, etag(content));
  }

  /** The same with an ETag of its own. */
  public static Answer tagged(String etag) {
    return (exchange, content) -> serve(exchange, content, etag);
  }

  private static String etag(byte[] content) {
    return "\"" + Arrays.hashCode(content) + "\"";
  }

  private static void serve(HttpExchange exchange, byte[] content, String etag) throws IOException {
    if (content == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    exchange.getResponseHeaders().set("ETag", etag);
    String range = exchange.getRequestHeaders().getFirst("Range");
    String condition = exchange.getRequestHeaders().getFirst("If-Range");
    if (range == null || (condition != null && !condition.equals(etag))) {
      send(exchange, 200, content, 0, content.length);
      return;
    }
    int from = Integer.parseInt(range.replaceAll("\\D", ""));
    if (from >= content.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    send(exchange, 206, content, from, content.length);
  }

  private static void send(HttpExchange exchange, int status, byte[] content, int from, int to)
      throws IOException {
    exchange.sendResponseHeaders(status, to - from == 0 ? -1 : to - from);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(content, from, to - from);
    }
  }

  /** Promises everything from where the request begins, sends some bytes and hangs up. */
  public static Answer cutAfter(int bytes) {
    return (exchange, content) -> {
      String range = exchange.getRequestHeaders().getFirst("Range");
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      exchange.getResponseHeaders().set("ETag", etag(content));
      if (range != null) {
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
      }
      exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
      exchange.getResponseBody().write(content, from, bytes);
      exchange.getResponseBody().flush();
    };
  }

  /** Sends some bytes and then nothing for a while. */
  public static Answer stallAfter(int bytes, long milliseconds) {
    return (exchange, content) -> {
      cutAfter(bytes).to(exchange, content);
      try {
        Thread.sleep(milliseconds);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /** Sends the whole file, whatever part was asked for, and without an ETag. */
  public static void whole(HttpExchange exchange, byte[] content) throws IOException {
    send(exchange, 200, content, 0, content.length);
  }

  /** Answers with a status and headers, given as name, value, name, value. */
  public static Answer status(int status, String... headers) {
    return (exchange, content) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  /** Sends elsewhere. */
  public static Answer redirect(String location) {
    return status(302, "Location", location);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
