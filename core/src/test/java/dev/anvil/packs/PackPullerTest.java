package dev.anvil.packs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpExchange;
import dev.anvil.Counted;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.standin.Hub;
import dev.anvil.standin.Sketch;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls over real HTTP from a server on this machine. */
class PackPullerTest {
  private static final String MODEL = "/owner/repo/resolve/main/u2.onnx";
  private static final byte[] GRAPH = graph();

  @TempDir Path folder;

  private Hub hub;
  private PullSettings settings;
  private ModelFolder models;

  /** A foreground network with ballast, so that it can be cut. */
  private static byte[] graph() {
    var graph = Sketch.graph("input:float[1,3,320,320] -> mask:float[1,1,320,320]");
    graph.random(1, 4096);
    return graph.bytes();
  }

  @BeforeEach
  void serve() throws IOException {
    hub = new Hub().file(MODEL, GRAPH);
    models = new ModelFolder(folder.resolve("models"));
    settings = settings(hub.address(), 3);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private static PullSettings settings(URI host, int attempts) {
    return new PullSettings(
        host,
        false,
        Optional.empty(),
        attempts,
        Duration.ofMillis(1),
        Duration.ofSeconds(10),
        1 << 20);
  }

  private Installed pull(String entry) throws IOException {
    return new PackPuller(models, settings).pull(entry(entry), false, RunContext.NONE);
  }

  private static CatalogueEntry entry(String fields) {
    String yaml =
        """
        anvil: catalogue/1
        packs:
          - name: u2
            kind: foreground
            about: A test.
            repository: owner/repo
            licence: MIT
        """
            + fields.indent(4);
    return CatalogueReader.read(yaml, "test").get("u2");
  }

  private static final String PLAIN = "files: [{path: u2.onnx, role: model}]";

  private static String hashed() {
    return "files: [{path: u2.onnx, hash: 'sha256:%s'}]".formatted(Sha256.of(GRAPH));
  }

  private static Path part(ModelFolder models) {
    return models.folder().resolve(".staging/u2/u2.onnx.part");
  }

  private void assertPulled(Installed installed) throws IOException {
    assertThat(installed.pack().folder()).isEqualTo(models.folder().resolve("u2"));
    assertThat(Files.readAllBytes(models.folder().resolve("u2/u2.onnx"))).isEqualTo(GRAPH);
    assertThat(PackCheck.of(models.folder().resolve("u2")).problems()).isEmpty();
    assertThat(models.folder().resolve(".staging/u2")).doesNotExist();
  }

  @Test
  void aPackComesWithItsManifestAndNothingElse() throws IOException {
    hub.file("/owner/repo/resolve/main/sub/config.json", "{}".getBytes(UTF_8));

    Installed installed =
        pull("files: [{path: u2.onnx, role: model, as: net/u2.onnx}, sub/config.json]");

    PackManifest manifest = installed.pack().manifest();
    assertThat(manifest.kind()).isEqualTo(PackKind.FOREGROUND);
    assertThat(manifest.licence()).isEqualTo("MIT");
    assertThat(manifest.origin()).isEqualTo("https://huggingface.co/owner/repo");
    assertThat(installed.pack().find("model").orElseThrow().inputs())
        .containsExactly(new TensorSpec("input", "float32", List.of(1L, 3L, 320L, 320L)));
    assertThat(installed.pack().resource("sub/config.json")).isPresent();
    assertThat(SourceFolder.files(installed.pack().folder()))
        .containsExactly("net/u2.onnx", "pack.json", "sub/config.json");
    assertThat(installed.notes()).first().asString().contains("recorded SHA-256");
  }

  @Test
  void aCutDownloadGoesOnWhereItWas() throws IOException {
    hub.next(MODEL, Hub.cutAfter(1000), Hub.cutAfter(2000), Hub.status(503));
    AtomicLong steps = new AtomicLong();
    RunContext context = RunContext.of(new Counted(steps));

    Installed installed = new PackPuller(models, settings).pull(entry(PLAIN), false, context);

    assertPulled(installed);
    assertThat(hub.requests(MODEL))
        .extracting(r -> r.range().orElse("all"))
        .containsExactly("all", "bytes=1000-", "bytes=3000-", "bytes=3000-");
    assertThat(steps).hasValue(GRAPH.length);
  }

  @Test
  void anInterruptedPullGoesOnInTheNextRun() throws IOException {
    settings = settings(hub.address(), 1);
    hub.next(MODEL, Hub.cutAfter(1500));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> pull(PLAIN))
        .withMessageContaining("after 1 attempts; what came is kept, pull again to go on");
    assertThat(part(models)).hasSize(1500);
    assertThat(models.folder().resolve("u2")).doesNotExist();

    assertPulled(pull(PLAIN));
    assertThat(hub.requests(MODEL).get(1).range()).contains("bytes=1500-");
  }

  @Test
  void aServerWithoutRangesSendsTheWholeFileAgain() throws IOException {
    hub.next(MODEL, Hub.cutAfter(1000), Hub::whole);

    assertPulled(pull(hashed()));
  }

  @Test
  void bytesOfUnknownContentAreNotContinued() throws IOException {
    settings = settings(hub.address(), 1);
    Files.createDirectories(part(models).getParent());
    hub.next(MODEL, Hub.status(503));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> pull(PLAIN));
    Files.write(part(models), new byte[100]);

    assertPulled(pull(PLAIN));
    assertThat(hub.requests(MODEL)).allMatch(r -> r.range().isEmpty());
  }

  @Test
  void aFileThatChangedOnTheServerBeginsAnew() throws IOException {
    byte[] old = new byte[GRAPH.length];
    new Random(1).nextBytes(old);
    hub.next(
        MODEL,
        (exchange, content) -> Hub.cutAfter(1000).to(exchange, old),
        // A server that ignores If-Range, as some do.
        (exchange, content) -> {
          exchange.getRequestHeaders().remove("If-Range");
          Hub.serve(exchange, content);
        });

    assertPulled(pull(PLAIN));
    assertThat(hub.requests(MODEL)).hasSize(3);
  }

  @Test
  void aPartThatIsWholeAlreadyIsTaken() throws IOException {
    settings = settings(hub.address(), 1);
    hub.next(MODEL, Hub.status(503));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> pull(hashed()));
    Files.write(part(models), GRAPH);

    assertPulled(pull(hashed()));
  }

  @Test
  void aPartThatIsLongerThanTheFileIsThrownAway() throws IOException {
    hub.next(MODEL, Hub.status(503), Hub.status(503), Hub.status(503));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> pull(hashed()));
    Files.write(part(models), new byte[GRAPH.length + 5]);

    assertPulled(pull(hashed()));
  }

  @Test
  void aServerThatSendsNothingMoreIsAskedAgain() throws IOException {
    settings =
        new PullSettings(
            hub.address(),
            false,
            Optional.empty(),
            3,
            Duration.ofMillis(1),
            Duration.ofMillis(400),
            1 << 20);
    hub.next(MODEL, Hub.stallAfter(1000, 3000));

    assertPulled(pull(PLAIN));
    assertThat(hub.requests(MODEL).get(1).range()).contains("bytes=1000-");
  }

  @Test
  void aWrongHashIsRefusedAndTheFileThrownAway() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () -> pull("files: [{path: u2.onnx, hash: 'sha256:%s'}]".formatted("0".repeat(64))))
        .withMessageContaining("found sha256:" + Sha256.of(GRAPH) + "; expected sha256:000");
    assertThat(part(models)).doesNotExist();
    assertThat(models.folder().resolve("u2")).doesNotExist();
  }

  @Test
  void md5IsVerifiedWhereAPublisherGivesNothingBetter() throws IOException {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () -> pull("files: [{path: u2.onnx, hash: 'md5:%s'}]".formatted("0".repeat(32))))
        .withMessageContaining("found md5:");
  }

  @Test
  void theServersOwnHashIsVerified() throws IOException {
    Hub.Answer linked =
        (exchange, content) -> {
          exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + "a".repeat(64) + "\"");
          Hub.serve(exchange, content);
        };
    hub.next(MODEL, linked);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> pull(PLAIN))
        .withMessageContaining("expected sha256:aaaa");

    hub.next(MODEL, Hub.tagged("\"" + Sha256.of(GRAPH) + "\""));
    assertThat(pull(PLAIN).notes()).isEmpty();
  }

  /** Sends the same bytes for ever, and no length. */
  private static void endless(HttpExchange exchange, byte[] content) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      for (long sent = 0; sent < 1L << 32; sent += content.length) {
        body.write(content);
      }
    }
  }

  @Test
  void aBodyWithoutEndIsRefusedAndThrownAway() {
    hub.next(MODEL, PackPullerTest::endless, PackPullerTest::endless);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> pull("files: [{path: u2.onnx, bytes: %d}]".formatted(GRAPH.length)))
        .withMessageContaining("found more than %d bytes", GRAPH.length);
    assertThat(part(models)).doesNotExist();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> pull(PLAIN))
        .withMessageContaining("its size in the catalogue");
    assertThat(part(models)).doesNotExist();
  }

  @Test
  void aWebPageInPlaceOfANetworkIsRefusedAndNotInTheWayOfTheNextPull() throws IOException {
    Hub.Answer page =
        (exchange, content) -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          Hub.serve(exchange, "<html>Log in</html>".getBytes(UTF_8));
        };
    hub.next(MODEL, page);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> pull(PLAIN))
        .withMessageContaining("found a web page");

    assertPulled(pull(PLAIN));
  }

  @Test
  void aWrongSizeIsRefusedBeforeTheBytesCome() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> pull("files: [{path: u2.onnx, bytes: 12}]"))
        .withMessageContaining("found %d bytes; expected 12", GRAPH.length);
    assertThat(part(models)).doesNotExist();
  }

  @Test
  void redirectsAreFollowedAndTheTokenStaysWithItsHost() throws IOException {
    settings = withToken();
    try (Hub cdn = new Hub().file("/blob", GRAPH)) {
      hub.next(MODEL, Hub.redirect("/moved"));
      hub.next("/moved", Hub.redirect(cdn.address() + "/blob?signature=x"));

      assertPulled(pull(PLAIN));

      assertThat(hub.requests())
          .extracting(r -> r.authorization().orElse(""))
          .containsExactly("Bearer hf_secret", "Bearer hf_secret");
      assertThat(cdn.requests()).allMatch(r -> r.authorization().isEmpty());
    }
  }

  @Test
  void theTokenDoesNotComeBackAfterAnotherHost() throws IOException {
    settings = withToken();
    try (Hub other = new Hub()) {
      hub.next(MODEL, Hub.redirect(other.address() + "/there"));
      other.next("/there", Hub.redirect(hub.address() + "/back"));
      hub.file("/back", GRAPH);

      assertPulled(pull(PLAIN));

      assertThat(hub.requests("/back").get(0).authorization()).isEmpty();
    }
  }

  @Test
  void theTokenIsNeverShown() {
    settings = withToken();
    hub.next(MODEL, Hub.status(403));

    assertThat(settings.toString()).doesNotContain("hf_secret");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> pull(PLAIN))
        .withMessageNotContaining("hf_secret");
  }

  private PullSettings withToken() {
    return PullSettings.of(
        Map.of("HF_TOKEN", "hf_secret"), Optional.of(hub.address().toString()), false);
  }

  @Test
  void redirectsWithoutEndAreRefused() {
    Hub.Answer[] again = new Hub.Answer[20];
    java.util.Arrays.fill(again, Hub.redirect(MODEL));
    hub.next(MODEL, again);

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> pull(PLAIN))
        .withMessageContaining("more than 10 redirects");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void noAccessSaysWhatToDo(int status) {
    hub.next(MODEL, Hub.status(status));

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> pull(PLAIN))
        .withMessageContaining("HTTP " + status)
        .withMessageContaining("HF_TOKEN");
  }

  @Test
  void aMissingFileIsRefusedUnlessItIsOptional() throws IOException {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> pull("files: [u2.onnx, absent.json]"))
        .withMessageContaining("absent.json: found HTTP 404");

    assertPulled(pull("files: [u2.onnx, {path: absent.json, optional: true}]"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void aBusyServerIsAskedAgain(int status) throws IOException {
    hub.next(MODEL, Hub.status(status), Hub.status(status, "Retry-After", "0"));

    assertPulled(pull(PLAIN));
    assertThat(hub.requests(MODEL)).hasSize(3);
  }

  @Test
  void retryAfterIsWaitedForButNotForHours() throws IOException {
    hub.next(MODEL, Hub.status(429, "Retry-After", "1"));
    long start = System.nanoTime();
    assertPulled(pull(PLAIN));
    assertThat(System.nanoTime() - start).isGreaterThan(900_000_000L);

    models.remove("u2");
    hub.next(MODEL, Hub.status(503, "Retry-After", "7200"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> pull(PLAIN))
        .withMessageContaining("asked again in 7200 s");
  }

  @Test
  void aServerThatStaysAwayIsGivenUp() {
    settings = settings(URI.create("http://127.0.0.1:1"), 2);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> pull(PLAIN))
        .withMessageContaining("127.0.0.1 was not reached")
        .withMessageContaining("after 2 attempts");
  }

  @Test
  void whatCannotFitOnTheDiskIsNotBegun() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> pull("files: [{path: u2.onnx, bytes: 1125899906842624}]"))
        .withMessageContaining("MB of free space; expected at least 1125899907 MB");
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void aFullDiskSaysSo() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(Files.exists(full)).isTrue();
    settings = settings(hub.address(), 1);
    hub.next(MODEL, Hub.status(503));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> pull(hashed()));
    Files.createSymbolicLink(part(models), full);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> pull(hashed()))
        .withMessageContaining("cannot be written")
        .withMessageContaining("pull again when there is room");
  }

  @Test
  void whatCameBeforeTheDiskWasFullIsKept() throws Exception {
    assumeThat(Files.exists(Path.of("/bin/sh"))).isTrue();
    byte[] big = big();
    hub.file(MODEL, big);

    String said = run("ulimit -f 64");

    assertThat(said).contains("cannot be written", "are kept, pull again when there is room");
    assertThat(Files.size(part(models))).isBetween(1L, (long) big.length - 1);
    assertThat(run("true")).contains("pulled");
    assertThat(hub.requests(MODEL).get(1).range()).isPresent();
  }

  private static byte[] big() {
    var graph = Sketch.graph("input:float[1,3,320,320] -> mask:float[1,1,320,320]");
    graph.random(1, 100_000);
    return graph.bytes();
  }

  private Path catalogue() throws IOException {
    return Files.writeString(
        folder.resolve("catalogue.yaml"),
        """
        anvil: catalogue/1
        packs:
          - {name: u2, kind: foreground, about: A test., repository: owner/repo, licence: MIT, files: [u2.onnx]}
        """);
  }

  private String run(String limit) throws Exception {
    Process process =
        PullingProcess.start(limit, models.folder(), catalogue(), "u2", hub.address());
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }

  @Test
  void twoProcessesThatPullTheSamePackAtOnceWaitForEachOther() throws Exception {
    assumeThat(Files.exists(Path.of("/bin/sh"))).isTrue();
    hub.file(MODEL, big());
    Path catalogue = catalogue();

    Process one = PullingProcess.start("true", models.folder(), catalogue, "u2", hub.address());
    Process two = PullingProcess.start("true", models.folder(), catalogue, "u2", hub.address());
    String said =
        new String(one.getInputStream().readAllBytes(), UTF_8)
            + new String(two.getInputStream().readAllBytes(), UTF_8);

    assertThat(said).contains("recorded SHA-256", "pulled [was there already]");
    assertThat(hub.requests(MODEL)).hasSize(1);
    assertThat(PackCheck.of(models.folder().resolve("u2")).problems()).isEmpty();
  }

  @Test
  void twoThreadsThatPullTheSamePackAtOnceWaitForEachOther() throws Exception {
    CompletableFuture<Installed> other =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return pull(PLAIN);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    Installed mine = pull(PLAIN);

    assertThat(List.of(mine.notes(), other.get().notes())).contains(List.of("was there already"));
    assertThat(hub.requests(MODEL)).hasSize(1);
  }

  @Test
  void offlineRefusesWhatIsNotThere() throws IOException {
    PullSettings online = settings;
    settings = PullSettings.of(Map.of("ANVIL_OFFLINE", "1"), Optional.empty(), false);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> pull(PLAIN))
        .withMessageContaining("Anvil is offline (--offline or ANVIL_OFFLINE)");
    assertThat(hub.requests()).isEmpty();

    settings = online;
    pull(PLAIN);
    settings = PullSettings.of(Map.of(), Optional.empty(), true);
    assertThat(pull(PLAIN).notes()).containsExactly("was there already");
  }

  @Test
  void aMirrorMayHaveAPath() throws IOException {
    hub.file("/hf" + MODEL, GRAPH);
    settings =
        PullSettings.of(
            Map.of("ANVIL_MODEL_MIRROR", hub.address() + "/hf/"), Optional.empty(), false);

    assertPulled(pull(PLAIN));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> PullSettings.of(Map.of(), Optional.of("mirror"), false))
        .withMessageContaining("found \"mirror\"; expected an address");
  }

  @Test
  void filesMayLieOnAnyServer() throws IOException {
    hub.file("/releases/v0/u2.onnx", GRAPH);
    settings = settings(URI.create("http://127.0.0.1:1"), 1);

    assertPulled(
        pull("files: [{path: u2.onnx, repository: '%s/releases/v0'}]".formatted(hub.address())));
  }

  @Test
  void aRestrictiveLicenceHasToBeAccepted() throws IOException {
    CatalogueEntry entry = entry(PLAIN + "\nrestriction: no commercial use");
    PackPuller puller = new PackPuller(models, settings);

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> puller.pull(entry, false, RunContext.NONE))
        .withMessageContaining("no commercial use")
        .withMessageContaining("https://huggingface.co/owner/repo")
        .withMessageContaining("--accept-licence");
    assertThat(hub.requests()).isEmpty();
    assertPulled(puller.pull(entry, true, RunContext.NONE));
  }

  @Test
  void aPackThatCanOnlyBeExportedSaysHow() {
    CatalogueEntry entry =
        CatalogueReader.read(
                """
                anvil: catalogue/1
                packs:
                  - {name: u2, kind: oneformer, about: A test., licence: MIT, export: run this}
                """,
                "test")
            .get("u2");

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new PackPuller(models, settings).pull(entry, true, RunContext.NONE))
        .withMessageContaining("export it, then anvil models add FOLDER:\nrun this");
  }

  @Test
  void theRepositoryListsItsFilesWhereTheCatalogueDoesNot() throws IOException {
    hub.file(
        "/api/models/owner/repo/tree/main",
        """
        [{"type": "directory", "path": "onnx"},
         {"type": "file", "path": "onnx/model.onnx", "size": %d, "lfs": {"oid": "%s"}},
         {"type": "file", "path": "onnx/model_fp16.onnx", "size": 99},
         {"type": "file", "path": "pytorch_model.bin", "size": 99},
         {"type": "file", "path": "pack.json", "size": 2},
         {"type": "file", "path": "config.json", "size": 2}]
        """
            .formatted(GRAPH.length, Sha256.of(GRAPH))
            .getBytes(UTF_8));
    hub.file("/owner/repo/resolve/main/onnx/model.onnx", GRAPH);
    hub.file("/owner/repo/resolve/main/config.json", "{}".getBytes(UTF_8));
    hub.file("/owner/repo/resolve/main/pack.json", "{}".getBytes(UTF_8));

    Installed installed = pull("revision: main");

    assertThat(SourceFolder.files(installed.pack().folder()))
        .containsExactly("config.json", "onnx/model.onnx", "pack.json");
  }

  @Test
  void aHostileListIsRefused() {
    hub.file(
        "/api/models/owner/repo/tree/main",
        "[{\"type\": \"file\", \"path\": \"../../evil.onnx\", \"size\": 1}]".getBytes(UTF_8));

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> pull("revision: main"))
        .withMessageContaining("found \"../../evil.onnx\"; expected a path inside the pack");
  }

  @Test
  void anotherNetworkThanTheCatalogueSaysIsRefusedAndNothingAppears() {
    hub.file(
        MODEL,
        Sketch.graph("image:float[1,3,8,8] mask:float[1,1,8,8] -> out:float[1,3,8,8]").bytes());
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> pull(PLAIN))
        .withMessageContaining("found a network of kind inpainting; expected foreground");

    hub.file(MODEL, GRAPH);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> pull("files: [{path: u2.onnx, role: encoder}]"))
        .withMessageContaining("found the role model by its inputs and outputs; expected encoder");
    assertThat(models.folder().resolve("u2")).doesNotExist();
  }

  @Test
  void anEntryThatChangedBeginsAnew() throws IOException {
    settings = settings(hub.address(), 1);
    hub.next(MODEL, Hub.cutAfter(1000));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> pull(PLAIN));

    pull(PLAIN + "\nsize: another");

    assertThat(hub.requests(MODEL).get(1).range()).isEmpty();
  }
}
