package dev.anvil.lab.attack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Servers that a pack is pulled from. */
final class Servers implements Attack {
  private static final long MOST_KEPT = 1L << 20;
  private static final String CATALOGUE =
      """
      anvil: catalogue/1
      packs:
        - name: u2
          kind: foreground
          about: An attack.
          repository: owner/repo
          licence: MIT
          files:
            - {path: u2.onnx, role: network, bytes: 1000000, hash: "sha256:%s"}
      """
          .formatted("0".repeat(64));

  /** What a server answers to each request. */
  private interface Reply {
    void to(OutputStream out) throws IOException;
  }

  private record Server(String name, Reply reply) {}

  private static final List<Server> ALL =
      List.of(
          new Server(
              "a body that never ends, of no length",
              out -> endless(out, "HTTP/1.1 200 OK\r\n\r\n")),
          new Server(
              "a body that never ends, of 1,000 bytes",
              out -> endless(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")),
          new Server("chunks that never end", Servers::chunks),
          new Server("headers that never end", Servers::headers),
          new Server(
              "a redirect to itself",
              out ->
                  text(
                      out,
                      "HTTP/1.1 302 Found\r\nLocation: /owner/repo/resolve/main/u2.onnx\r\nContent-Length: 0\r\n\r\n")),
          new Server(
              "a redirect to a file",
              out ->
                  text(
                      out,
                      "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n")),
          new Server(
              "a redirect to nowhere",
              out -> text(out, "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")),
          new Server(
              "a page of HTML",
              out ->
                  text(
                      out,
                      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 28\r\n\r\n<html><body>404</body></html>")),
          new Server(
              "fewer bytes than promised",
              out -> text(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nabc")),
          new Server(
              "a length of 2^62",
              out ->
                  endless(out, "HTTP/1.1 200 OK\r\nContent-Length: 4611686018427387904\r\n\r\n")),
          new Server(
              "a length below zero",
              out -> text(out, "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc")),
          new Server(
              "another range than asked",
              out ->
                  text(
                      out,
                      "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 50-52/100\r\nContent-Length: 3\r\n\r\nabc")),
          new Server("error 500", out -> text(out, "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")),
          new Server("no HTTP", out -> text(out, "SSH-2.0-OpenSSH_9.6\r\n")),
          new Server("nothing, and the connection ends", out -> {}));

  @Override
  public String name() {
    return "hostile server";
  }

  @Override
  public String expectation() {
    return "refused in words, in time, with no more bytes kept than the catalogue says, and no pack";
  }

  @Override
  public void run(Bench bench, Tally tally) throws IOException, InterruptedException {
    for (Server server : bench.some(ALL)) {
      Path folder = bench.fresh("pulled");
      Path catalogue = Files.writeString(folder.resolve("catalogue.yaml"), CATALOGUE);
      Path models = folder.resolve("models");
      try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
        ExecutorService threads = Executors.newCachedThreadPool();
        threads.execute(() -> serve(socket, server, threads));
        Answer answer =
            bench
                .target()
                .with("ANVIL_MODELS", models.toString())
                .run(
                    folder,
                    "models",
                    "pull",
                    "u2",
                    "--mirror",
                    "http://127.0.0.1:" + socket.getLocalPort(),
                    "--catalogue",
                    catalogue.toString());
        long kept = bytes(models);
        boolean inWords =
            !answer.isHung()
                && !answer.hasStack()
                && answer.code() > 0
                && answer.code() <= 3
                && answer.err().contains("anvil:");
        tally.check(
            inWords && kept <= MOST_KEPT && !Files.exists(models.resolve("u2/pack.json")),
            server.name(),
            answer.summary() + ", " + kept + " bytes kept");
        threads.shutdownNow();
      }
    }
  }

  private static void serve(ServerSocket socket, Server server, ExecutorService threads) {
    try {
      while (true) {
        Socket client = socket.accept();
        threads.execute(() -> answer(client, server));
      }
    } catch (SocketException e) {
      return; // closed: the attack is over
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(Socket client, Server server) {
    try (client) {
      InputStream in = client.getInputStream();
      int ends = 0;
      for (int b = in.read(); b >= 0 && ends < 4; b = ends < 4 ? in.read() : b) {
        ends = b == '\r' || b == '\n' ? ends + 1 : 0;
      }
      server.reply().to(client.getOutputStream());
    } catch (IOException e) {
      return; // the client has hung up, as it should
    }
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void endless(OutputStream out, String head) throws IOException {
    text(out, head);
    byte[] piece = new byte[1 << 16];
    while (true) {
      out.write(piece);
    }
  }

  private static void chunks(OutputStream out) throws IOException {
    text(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    while (true) {
      text(out, "1000\r\n" + "x".repeat(0x1000) + "\r\n");
    }
  }

  private static void headers(OutputStream out) throws IOException {
    text(out, "HTTP/1.1 200 OK\r\n");
    for (long i = 0; true; i++) {
      text(out, "X-%d: %s\r\n".formatted(i, "x".repeat(1000)));
    }
  }

  private static long bytes(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(f -> f.toFile().isFile() ? f.toFile().length() : 0).sum();
    }
  }
}
