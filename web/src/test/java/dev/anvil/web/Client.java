package dev.anvil.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks HTTP through a bare socket, so that every byte of a request can be wrong. */
final class Client {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMEOUT_MILLIS = 60_000;

  private final int port;
  private final Optional<String> cookie;

  /** What came back. */
  record Reply(int status, String head, byte[] body) {
    String text() {
      return new String(body, UTF_8);
    }

    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }

    Optional<String> header(String name) {
      Matcher line = Pattern.compile("(?im)^" + name + ": (.*?)\r?$").matcher(head);
      return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }
  }

  private Client(int port, Optional<String> cookie) {
    this.port = port;
    this.cookie = cookie;
  }

  static Client stranger(Studio studio) {
    return new Client(studio.port(), Optional.empty());
  }

  static Client signedIn(Studio studio) throws IOException {
    String link = studio.link();
    Reply reply = stranger(studio).get(link.substring(link.indexOf("/?")));
    String cookie = reply.header("Set-Cookie").orElseThrow().split(";", 2)[0];
    return new Client(studio.port(), Optional.of(cookie));
  }

  String host() {
    return "127.0.0.1:" + port;
  }

  Reply get(String target) throws IOException {
    return send("GET", target, List.of(), new byte[0]);
  }

  /** Waits until a run is over; returns its state. */
  String await(long run) throws IOException {
    String target = "/api/runs/" + run;
    send("GET", target + "/events", List.of("Accept: text/event-stream"), new byte[0]);
    return get(target).json().get("state").asText();
  }

  Reply post(String target, String json) throws IOException {
    return send("POST", target, List.of("Origin: http://" + host()), json.getBytes(UTF_8));
  }

  Reply put(String target, byte[] body) throws IOException {
    return send("PUT", target, List.of("Origin: http://" + host()), body);
  }

  Reply send(String method, String target, List<String> headers, byte[] body) throws IOException {
    List<String> all = new ArrayList<>(headers);
    if (headers.stream().noneMatch(h -> h.startsWith("Host"))) {
      all.add("Host: " + host());
    }
    all.add("Content-Length: " + body.length);
    return raw(method + " " + target + " HTTP/1.1", all, body);
  }

  /** Sends exactly these lines, the cookie besides, and closes. */
  Reply raw(String first, List<String> headers, byte[] body) throws IOException {
    try (Socket socket = open(first, headers)) {
      OutputStream out = socket.getOutputStream();
      try {
        out.write(body);
        out.flush();
      } catch (IOException e) {
        // the server has answered and closed already
      }
      return read(socket.getInputStream());
    }
  }

  /** A connection on which a request was begun and nothing was read. */
  Socket open(String first, List<String> headers) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    StringBuilder request = new StringBuilder(first).append("\r\n");
    headers.forEach(h -> request.append(h).append("\r\n"));
    cookie.ifPresent(c -> request.append("Cookie: ").append(c).append("\r\n"));
    request.append("Connection: close\r\n\r\n");
    socket.getOutputStream().write(request.toString().getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return socket;
  }

  static Reply read(InputStream in) throws IOException {
    byte[] all = in.readAllBytes();
    String text = new String(all, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("no answer: " + text);
    }
    String head = text.substring(0, end);
    byte[] body = java.util.Arrays.copyOfRange(all, end + 4, all.length);
    if (head.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked")) {
      body = unchunked(body);
    }
    return new Reply(Integer.parseInt(head.split(" ", 3)[1]), head, body);
  }

  private static byte[] unchunked(byte[] body) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    String text = new String(body, ISO_8859_1);
    int at = 0;
    while (at < body.length) {
      int line = text.indexOf("\r\n", at);
      int size = Integer.parseInt(text.substring(at, line).trim(), 16);
      if (size == 0) {
        break;
      }
      out.write(body, line + 2, size);
      at = line + 2 + size + 2;
    }
    return out.toByteArray();
  }
}
