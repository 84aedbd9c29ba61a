package dev.anvil.edit.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.edit.Editor;
import dev.anvil.edit.Editors;
import dev.anvil.edit.Parameters;
import dev.anvil.edit.remote.LocalServer.Answer;
import dev.anvil.packs.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether pictures and secrets leave is the user's to say, and no study file's. */
class ConsentTest {
  private static final Map<String, String> AUTH =
      Map.of(Remotes.AUTOMATIC1111_AUTH, "ann:correct-horse-4711");

  @TempDir Path folder;

  private static Editor editor(
      LocalServer server, Consent consent, Map<String, String> environment, Object allowUpload) {
    Map<String, Object> study = new HashMap<>(Painting.study(server.url(), Map.of("size", 64)));
    study.put("allow_upload", allowUpload);
    return new Remotes(environment, consent, Duration.ofMillis(20))
        .create("automatic1111", new Parameters("automatic1111", study, Path.of("")));
  }

  private static String host(LocalServer server) {
    return server.url().substring("http://".length());
  }

  @Test
  void aStudyThatAllowsItselfUploadsSendsNothing() {
    try (LocalServer server = Automatic1111Server.start()) {
      InvalidInputException refusal =
          catchThrowableOfType(
              InvalidInputException.class, () -> editor(server, Consent.NONE, Map.of(), true));
      assertThat(refusal.problems())
          .singleElement()
          .extracting(Problem::message)
          .asString()
          .contains("found " + host(server) + ", a server that you have not let your pictures go")
          .contains("would send it every picture to be edited; expected")
          .contains("--allow-upload " + host(server));
      assertThat(server.seen()).isEmpty();
    }
  }

  @Test
  void theOldKeyOfAStudyIsReadOverWithAMessage() {
    try (LocalServer server = Automatic1111Server.start();
        Editors editors =
            new Editors(
                new ModelStore(List.of()), 1, Consent.of(List.of(server.url()), Map.of()))) {
      Map<String, Object> study = new HashMap<>(Painting.study(server.url(), Map.of()));
      study.put("allow_upload", false);
      for (int i = 0; i < 2; i++) {
        editors
            .create("automatic1111", study, Path.of(""))
            .edit(Painting.request(1), RunContext.NONE);
      }
      assertThat(server.seen()).isNotEmpty();
      assertThat(editors.deprecations())
          .singleElement()
          .hasToString(
              "editor automatic1111, parameter allow_upload: has no effect any more; whether"
                  + " pictures may leave is decided by --allow-upload on the command line, or by"
                  + " settings.yaml");
    }
  }

  @Test
  void aServerIsAllowedWithItsPortAndNoOther() {
    try (LocalServer server = Automatic1111Server.start();
        LocalServer other = Automatic1111Server.start()) {
      Consent consent = Consent.of(List.of(host(other)), Map.of());
      assertThatThrownBy(() -> editor(server, consent, Map.of(), true))
          .hasMessageContaining("--allow-upload " + host(server));
      editor(other, consent, Map.of(), true).edit(Painting.request(1), RunContext.NONE);
      assertThat(other.seen()).isNotEmpty();
      assertThat(server.seen()).isEmpty();
    }
  }

  @Test
  void aSecretGoesToItsOwnServerOnly() {
    try (LocalServer own = Automatic1111Server.start();
        LocalServer other = Automatic1111Server.start()) {
      Consent consent =
          Consent.of(
              List.of(own.url(), other.url()), Map.of(Remotes.AUTOMATIC1111_AUTH, own.url()));
      editor(own, consent, AUTH, true).edit(Painting.request(1), RunContext.NONE);
      editor(other, consent, AUTH, true).edit(Painting.request(1), RunContext.NONE);
      assertThat(own.seen()).allSatisfy(s -> assertThat(s.header("Authorization")).isNotEmpty());
      assertThat(other.seen())
          .isNotEmpty()
          .allSatisfy(s -> assertThat(s.headers()).doesNotContainKey("Authorization"));
    }
  }

  @Test
  void aSecretOfNoServerIsRefusedByTheNameOfItsVariable() {
    try (LocalServer server = Automatic1111Server.start()) {
      Consent consent = Consent.of(List.of(server.url()), Map.of());
      assertThatThrownBy(() -> editor(server, consent, AUTH, true))
          .hasMessageContaining(
              "found a secret in ANVIL_A1111_AUTH that belongs to no server; would send it to "
                  + host(server))
          .hasMessageContaining("--secret ANVIL_A1111_AUTH=" + host(server))
          .hasMessageNotContaining("correct-horse");
      assertThat(server.seen()).isEmpty();
    }
  }

  @Test
  void theRefusalNamesTheSecretThatWouldGoAlong() {
    try (LocalServer server = Automatic1111Server.start()) {
      Consent consent = Consent.of(List.of(), Map.of(Remotes.AUTOMATIC1111_AUTH, server.url()));
      assertThatThrownBy(() -> editor(server, consent, AUTH, true))
          .hasMessageContaining(
              "would send it every picture to be edited and the secret in ANVIL_A1111_AUTH");
    }
  }

  @Test
  void aRedirectCarriesNeitherPictureNorSecretToAnotherServer() {
    try (LocalServer thief = new LocalServer(seen -> Answer.json(Map.of()));
        LocalServer server =
            new LocalServer(
                seen -> Answer.json(307, "{}").with("Location", thief.url() + seen.path()))) {
      Consent consent =
          Consent.of(List.of(server.url()), Map.of(Remotes.AUTOMATIC1111_AUTH, server.url()));
      Editor editor = editor(server, consent, AUTH, true);
      assertThatThrownBy(() -> editor.edit(Painting.request(1), RunContext.NONE))
          .hasMessageContaining("which is not followed");
      assertThat(thief.seen()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gpu.example.org, https://gpu.example.org/sd, true",
    "GPU.example.org, https://gpu.example.org, true",
    "gpu.example.org:443, https://gpu.example.org, true",
    "https://gpu.example.org/sd/, https://gpu.example.org, true",
    "gpu.example.org, https://gpu.example.org:8443, false",
    "gpu.example.org, https://evil.gpu.example.org, false",
    "gpu.example.org, https://gpu.example.org.evil.net, false",
    "gpu.example.org:8443, https://gpu.example.org:8443, true",
    "127.0.0.1:7860, http://127.0.0.1:7860, true",
    "'[::1]:7860', 'http://[::1]:7860', true"
  })
  void aServerIsAHostAndAPort(String allowed, String url, boolean is) {
    Consent consent = Consent.of(List.of(allowed), Map.of());
    assertThat(consent.allowsUpload(Hosts.parse(url).orElseThrow())).isEqualTo(is);
  }

  @Test
  void settingsAreReadFromAFile() throws IOException {
    Path file = folder.resolve(Consent.SETTINGS);
    assertThat(Consent.read(file)).isEqualTo(Consent.NONE);
    Files.writeString(
        file,
        """
        allow_upload: [gpu.example.org, "127.0.0.1:7860"]
        secrets:
          ANVIL_A1111_AUTH: gpu.example.org
        """);
    Consent settings = Consent.read(file);
    assertThat(settings)
        .isEqualTo(
            Consent.of(
                List.of("gpu.example.org", "127.0.0.1:7860"),
                Map.of("ANVIL_A1111_AUTH", "gpu.example.org")));
    assertThat(settings.and(Consent.of(List.of("a.org"), Map.of("ANVIL_A1111_AUTH", "a.org"))))
        .isEqualTo(
            Consent.of(
                List.of("gpu.example.org", "127.0.0.1:7860", "a.org"),
                Map.of("ANVIL_A1111_AUTH", "a.org")));
  }

  @Test
  void everyMistakeInSettingsIsReported() throws IOException {
    Path file = folder.resolve(Consent.SETTINGS);
    Files.writeString(
        file,
        """
        allow_uploads: [gpu.example.org]
        allow_upload: ["https://"]
        secrets: {AWS_SECRET: a.org, ANVIL_A1111_AUTH: "a b"}
        """);
    assertThat(
            catchThrowableOfType(InvalidInputException.class, () -> Consent.read(file)).problems())
        .extracting(Problem::toString)
        .satisfiesExactlyInAnyOrder(
            p -> assertThat(p).contains("allow_uploads: is not known; expected allow_upload or"),
            p -> assertThat(p).contains("allow_upload: found \"https://\"; expected a server such"),
            p -> assertThat(p).contains("secrets: found the variable \"AWS_SECRET\"; expected one"),
            p ->
                assertThat(p)
                    .contains("secrets ANVIL_A1111_AUTH: found \"a b\"; expected a server"));
    assertThatThrownBy(() -> Consent.of(List.of("ftp://x"), Map.of()))
        .hasMessageContaining("--allow-upload: found \"ftp://x\"");
  }
}
