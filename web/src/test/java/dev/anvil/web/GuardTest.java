package dev.anvil.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks a running studio from outside. */
class GuardTest {
  @TempDir static Path folder;

  private static StudioFixture fixture;
  private static Client client;

  @BeforeAll
  static void serve() throws IOException {
    fixture = StudioFixture.serve(folder);
    client = fixture.signIn();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void listensAtTheLoopbackAddressOnly() throws IOException {
    for (InetAddress address : InetAddress.getAllByName(InetAddress.getLocalHost().getHostName())) {
      if (!address.isLoopbackAddress()) {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                () -> new Socket(address, fixture.studio().port()).close())
            .isInstanceOf(IOException.class);
      }
    }
    assertThat(client.get("/").status()).isEqualTo(200);
  }

  @Test
  void refusesARequestWithoutAHost() throws IOException {
    assertThat(client.raw("GET / HTTP/1.1", List.of(), new byte[0]).status()).isEqualTo(400);
    assertThat(client.raw("GET / HTTP/1.0", List.of(), new byte[0]).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:PORT",
        "127.0.0.1",
        "127.0.0.1.evil.example:PORT",
        "evil-127.0.0.1:PORT",
        "localhost.evil.example:PORT",
        "notlocalhost:PORT",
        "127.0.0.1:PORT0",
        "127.0.0.2:PORT",
        "0.0.0.0:PORT",
        "LOCALHOST.:PORT"
      })
  void refusesForeignHosts(String host) throws IOException {
    String named = host.replace("PORT", Integer.toString(fixture.studio().port()));
    Client.Reply reply = client.send("GET", "/", List.of("Host: " + named), new byte[0]);
    assertThat(reply.status()).isIn(400, 421);
    assertThat(reply.text()).doesNotContain("Campaigns");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]"})
  void answersUnderItsOwnNames(String name) throws IOException {
    String host = "Host: " + name + ":" + fixture.studio().port();
    assertThat(client.send("GET", "/", List.of(host), new byte[0]).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: null",
        "Origin: http://evil.example",
        "Origin: http://127.0.0.1",
        "Origin: https://127.0.0.1:PORT",
        "Origin: http://127.0.0.1:PORT.evil.example",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: none",
        "X-Nothing: said"
      })
  void changesNothingForPagesElsewhere(String header) throws IOException {
    String said = header.replace("PORT", Integer.toString(fixture.studio().port()));
    assertThat(client.send("POST", "/api/uploads", List.of(said), new byte[0]).status())
        .isEqualTo(403);
  }

  @Test
  void believesNoOriginThatTheBrowserContradicts() throws IOException {
    List<String> both = List.of("Origin: http://" + client.host(), "Sec-Fetch-Site: cross-site");
    assertThat(client.send("POST", "/api/uploads", both, new byte[0]).status()).isEqualTo(403);
    List<String> nullOrigin = List.of("Origin: null", "Sec-Fetch-Site: same-origin");
    assertThat(client.send("POST", "/api/uploads", nullOrigin, new byte[0]).status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/runs",
        "/api/runs",
        "/api/runs/1/events",
        "/api/openapi.json",
        "/assets/studio.css",
        "/?token=wrong",
        "/?token="
      })
  void answersNobodyWhoHasNotSignedIn(String target) throws IOException {
    Client.Reply reply = Client.stranger(fixture.studio()).get(target);
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("Set-Cookie")).isEmpty();
  }

  @Test
  void takesEachLinkOnceAndGivesAStrictCookie() throws IOException {
    String link = fixture.studio().link();
    String target = link.substring(link.indexOf("/?"));
    Client stranger = Client.stranger(fixture.studio());
    Client.Reply first = stranger.get(target);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("Set-Cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Strict", "Path=/");
    assertThat(stranger.get(target).status()).isEqualTo(401);
    assertThat(fixture.studio().link()).isNotEqualTo(link);
  }

  @Test
  void refusesAnInventedCookie() throws IOException {
    String cookie = "Cookie: anvil-%d=invented".formatted(fixture.studio().port());
    Client.Reply reply =
        Client.stranger(fixture.studio()).send("GET", "/", List.of(cookie), new byte[0]);
    assertThat(reply.status()).isEqualTo(401);
  }

  @Test
  void sendsAStrictPolicyWithEveryAnswer() throws IOException {
    for (String target : List.of("/", "/api/runs", "/nowhere", "/api/runs/99")) {
      Client.Reply reply = client.get(target);
      assertThat(reply.header("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe-eval", "script-src 'self' 'unsafe-inline'");
      assertThat(reply.header("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(reply.header("Referrer-Policy")).hasValue("no-referrer");
      assertThat(reply.header("Server")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/../../../../etc/passwd",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/%252e%252e%252fetc%252fpasswd",
        "/assets/..%5c..%5cetc%5cpasswd",
        "/assets/..%2f..%2fetc%2fpasswd",
        "/assets/;/../studio.css",
        "//evil.example/"
      })
  void leadsNowhereElse(String target) throws IOException {
    Client.Reply reply = client.get(target);
    assertThat(reply.status()).isIn(400, 404);
    assertThat(reply.text()).doesNotContain("root:");
  }

  @Test
  void answersUnderAnotherHostOnlyWhereThatWasChosen(@TempDir Path other) throws IOException {
    StudioSettings open =
        new StudioSettings(0, Optional.of("127.0.0.2"), List.of(), UploadLimits.USUAL);
    try (StudioFixture chosen = StudioFixture.serve(other, open)) {
      int port = chosen.studio().port();
      try (Socket socket = new Socket("127.0.0.2", port)) {
        socket
            .getOutputStream()
            .write(
                ("GET / HTTP/1.1\r\nHost: 127.0.0.2:" + port + "\r\nConnection: close\r\n\r\n")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(Client.read(socket.getInputStream()).status()).isEqualTo(401);
      }
    }
  }
}
