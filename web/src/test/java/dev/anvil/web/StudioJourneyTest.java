package dev.anvil.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.anvil.RunContext;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.AnvilSettings;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.request.StudyText;
import dev.anvil.store.Run;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole job in a real browser, in the order in which a person does it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StudioJourneyTest {
  private static final int POSTS = 60;
  private static final Path SHOTS = Path.of("target", "screenshots");

  @TempDir static Path folder;

  private static StudioFixture fixture;
  private static StudioBrowser browser;
  private static Path posts;
  private static long model;
  private static String post;

  @BeforeAll
  static void serve() throws IOException {
    posts = StudioFixture.posts(folder.resolve("mine"), POSTS);
    fixture = StudioFixture.serve(folder);
    browser = new StudioBrowser(fixture.studio());
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    fixture.close();
  }

  private static Page open(String path) {
    return browser.open(address(path));
  }

  private static String address(String path) {
    return "http://127.0.0.1:%d%s".formatted(fixture.studio().port(), path);
  }

  private static void check(Page page, String name) throws IOException {
    assertThat(StudioBrowser.violations(page)).as(name).isEmpty();
    StudioBrowser.assertFits(page);
    StudioBrowser.shoot(page, name, SHOTS);
    page.close();
  }

  @Test
  @Order(1)
  void droppedPostsAreReadShownImportedAndFitted() throws IOException {
    Page page = open("/");
    StudioBrowser.drop(page, "#drop", StudioFixture.files(posts.getParent()));
    assertThat(
            page.getByRole(
                AriaRole.HEADING,
                new Page.GetByRoleOptions().setName(POSTS + " posts can be used")))
        .isVisible();
    assertThat(page.getByLabel("What likes is")).hasValue("metric");
    assertThat(page.getByLabel("What published is")).hasValue("time");
    page.getByLabel("Name of the campaign").fill("Spring");
    assertThat(StudioBrowser.violations(page)).isEmpty();
    StudioBrowser.shoot(page, "import", SHOTS);
    page.setViewportSize(1280, 900);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Import and fit")).click();
    page.waitForURL(Pattern.compile(".*/campaign\\?campaign=Spring&model=\\d+"));
    model = Long.parseLong(page.url().replaceAll(".*model=", ""));
    assertThat(page.locator(".gallery li")).hasCount(POSTS);
    page.waitForFunction("() => document.documentElement.dataset.charts === 'drawn'");
    check(page, "campaign");
  }

  @Test
  @Order(2)
  void theGalleryIsSortedAndFilteredByItsAddress() throws IOException {
    Page page = open("/campaign?campaign=Spring&model=" + model);
    page.getByLabel("Sort by").selectOption("residual");
    page.waitForURL(Pattern.compile(".*sort=residual.*"));
    page.getByLabel("channel").selectOption("channel=instagram");
    page.waitForURL(Pattern.compile(".*column=channel%3Dinstagram.*"));
    int some = page.locator(".gallery li").count();
    assertThat(some).isBetween(1, POSTS - 1);
    page.reload();
    assertThat(page.locator(".gallery li")).hasCount(some);
    assertThat(page.getByLabel("Sort by")).hasValue("residual");
    page.close();
  }

  @Test
  @Order(3)
  void aCarThatIsClickedIsPaintedRedAndItsChangeIsSaid() throws IOException {
    post = withCar();
    Page page = open("/creative?model=%d&post=%s".formatted(model, post));
    page.waitForFunction("() => document.documentElement.dataset.ready === 'true'");
    assertThat(page.locator("#expectation .big")).containsText("likes");
    Locator car = page.locator("[data-element=car]");
    car.hover();
    assertThat(page.locator("#pointed")).hasText("Under the pointer: car");
    car.click();
    assertThat(car).hasAttribute("aria-pressed", "true");
    page.locator("[data-name=red]").click();
    assertThat(page.locator(".result .big").first())
        .hasText(Pattern.compile("[+\u2212]?[\\d.]+\u00a0%"));
    assertThat(page.locator(".result").first()).containsText("95 % interval");
    assertThat(page.locator("#stage .after")).isVisible();
    page.getByText("Show the difference").click();
    assertThat(page.locator("#pointed")).containsText("The difference: ");
    page.getByRole(AriaRole.BUTTON, button("Keep")).click();
    assertThat(page.locator(".kept li")).hasCount(1);
    String address = page.url();
    assertThat(address).contains("element=car", "run=", "kept=");
    page.reload();
    assertThat(page.locator(".result .big").first()).isVisible();
    assertThat(page.locator(".kept li")).hasCount(1);
    check(page, "creative");
    Page study = open("/creative" + address.substring(address.indexOf('?')));
    study.getByText("Add to a study").click();
    study.waitForURL(Pattern.compile(".*/study\\?.*"));
    assertThat(study.locator("#yaml"))
        .hasValue(Pattern.compile("editor: recolor[\\s\\S]*\"red\": "));
    study.close();
  }

  /** After two clicks and a drop in the first test: drop a folder, import, fit. */
  @Test
  @Order(4)
  void fourClicksLeadFromTheFirstPageToAnEffect() {
    Page page = open("/");
    page.locator(".card a").first().click();
    page.locator(".gallery a:has(img[alt*=car])").first().click();
    page.locator("[data-element=car]").click();
    page.locator("[data-name=red]").click();
    assertThat(page.locator(".result .big").first())
        .hasText(Pattern.compile("[+\u2212]?[\\d.]+\u00a0%"));
    page.close();
  }

  @Test
  @Order(4)
  void aFigureIsPutWhereOneClicksSeveralTimesAtOnce() throws IOException {
    Page page = open("/creative?model=%d&post=%s&element=car".formatted(model, post));
    page.waitForFunction("() => document.documentElement.dataset.ready === 'true'");
    List<Path> people =
        StudioFixture.files(StudioFixture.HOME.resolve("showroom/assets/people")).stream()
            .filter(f -> f.toString().endsWith(".png"))
            .limit(2)
            .toList();
    StudioBrowser.drop(page, "#figures", people);
    assertThat(page.locator("#stage .place")).hasCount(8);
    page.getByLabel("Variants at once, where the editor draws at random").fill("3");
    page.locator("#stage .place").getByText("D").click();
    assertThat(page.locator(".results .result")).hasCount(3);
    assertThat(page.locator("#many > p").first()).containsText("3 variants of a figure at D");
    page.getByRole(AriaRole.BUTTON, button("Discard")).first().click();
    assertThat(page.locator(".results .result")).hasCount(2);
    page.reload();
    assertThat(page.locator(".results .result")).hasCount(2);
    check(page, "figures");
  }

  private static Page.GetByRoleOptions button(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  /** A post in whose picture a car is found. */
  private static String withCar() throws IOException {
    return fixture
        .signIn()
        .get("/api/posts?campaign=Spring&element=car&limit=1&model=" + model)
        .json()
        .at("/rows/0/id")
        .asText();
  }

  @Test
  @Order(5)
  void aStudyIsClickedTogetherCancelledRunAgainAndEqualsItsFile() throws IOException {
    Path before = folder.resolve("before");
    copy(fixture.anvil().settings().workspace(), before);
    Page page = open("/study?model=" + model);
    page.waitForFunction("() => document.documentElement.dataset.ready === 'true'");
    page.getByLabel("Name").fill("Red and blue");
    page.getByLabel("Creatives, at most").fill("32");
    page.locator("input[value=red]").check();
    page.locator("input[value=blue]").check();
    assertThat(page.locator("#yaml"))
        .hasValue(Files.readString(Path.of("src/test/resources/clicked-study.yaml")));
    assertThat(page.locator("#study-preview")).containsText("96 pictures of 32 creatives");
    handWrittenLinesAreNotThrownAway(page);
    page.locator("#forecast").click();
    assertThat(page.locator("#forecast-result")).containsText("pictures to make, for about");
    assertThat(page.locator("#forecast-result tbody tr")).hasCount(2);
    assertThat(StudioBrowser.violations(page)).isEmpty();
    StudioBrowser.assertFits(page);
    StudioBrowser.shoot(page, "study", SHOTS);
    page.setViewportSize(1280, 900);
    page.locator("#run").click();
    page.waitForURL(Pattern.compile(".*/study-run\\?run=\\d+"));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel")).click();
    assertThat(page.locator("#study-progress")).containsText("Cancelled");
    page.navigate(
        "http://127.0.0.1:%d/study?model=%d&name=red-and-blue"
            .formatted(fixture.studio().port(), model));
    assertThat(page.locator("#study-preview")).containsText("contrasts");
    page.locator("#run").click();
    // what the cancelled run made is not made again, so a fast machine may be done at once
    page.waitForFunction(
        "() => location.pathname === '/report'"
            + " || (document.querySelector('#study-variants img')"
            + " && document.querySelectorAll('.provisional tbody tr').length === 2)");
    StudioBrowser.shootOnce(page, "study-live", SHOTS);
    page.waitForURL(Pattern.compile(".*/report\\?run=\\d+"));
    page.waitForFunction("() => document.documentElement.dataset.charts === 'drawn'");
    assertThat(page.locator(".report .factor h2").first()).isVisible();
    assertThat(page.locator("[data-spec=forest] svg").first()).isVisible();
    long run = Long.parseLong(page.url().replaceAll(".*run=", ""));
    String effects = effects(fixture.anvil().outcome(run));
    Path file =
        fixture.anvil().settings().workspace().resolve("studio/studies/red-and-blue/study.yaml");
    assertThat(alone(before, StudyText.read(file))).isEqualTo(effects);
    page.locator(".report .factor tbody th a").first().click();
    page.waitForURL(Pattern.compile(".*/level\\?run=" + run + "&factor=colour&level=(red|blue)"));
    thePicturesBehindANumberAreShown(page);
    check(page, "level");
    Page report = open("/report?run=" + run);
    check(report, "report");
  }

  private static void thePicturesBehindANumberAreShown(Page page) {
    assertThat(page.locator(".trail > li")).hasCount(32);
    assertThat(page.locator("h2").first()).containsText("32 variants");
    for (Locator picture : page.locator(".trail img").all()) {
      picture.scrollIntoViewIfNeeded();
    }
    page.waitForFunction(
        "() => [...document.querySelectorAll('.trail img')]"
            + ".every(i => i.complete && i.naturalWidth > 0)");
    page.locator(".trail a").first().click();
    page.waitForURL(Pattern.compile(".*/creative\\?.*"));
    // until it is ready, the page may still write its own address
    page.waitForFunction("() => document.documentElement.dataset.ready === 'true'");
    page.goBack();
    page.waitForURL(Pattern.compile(".*/level\\?.*"));
    assertThat(page.locator(".trail > li")).hasCount(32);
  }

  private static void handWrittenLinesAreNotThrownAway(Page page) {
    Locator yaml = page.locator("#yaml");
    String clicked = yaml.inputValue();
    yaml.fill(clicked + "# mine\n");
    page.locator("input[value=green]").check();
    assertThat(page.locator("#by-hand")).containsText("edited by hand");
    assertThat(yaml).hasValue(clicked + "# mine\n");
    page.locator("input[value=green]").uncheck();
    page.getByText("Write it anew by the form").click();
    assertThat(yaml).hasValue(clicked);
  }

  /** The study's file, run by the engine as the command line does, where it never ran. */
  private static String alone(Path workspace, StudyText study) throws IOException {
    try (Anvil other =
        Anvil.open(AnvilSettings.of(workspace, StudioFixture.HOME.resolve("models")))) {
      return effects(
          other.run(
              new StudyRequest(new StudyOnModel(study, Optional.of(model), Optional.empty())),
              RunContext.NONE));
    }
  }

  private static String effects(Object outcome) throws IOException {
    return EngineJson.compact().writeValueAsString(((StudyOutcome) outcome).result().effects());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  @Order(6)
  void newPicturesAreRankedWithIntervals() throws IOException {
    Page page = open("/score?model=" + model);
    List<Path> pictures = StudioFixture.files(posts.resolveSibling("pictures")).subList(0, 3);
    StudioBrowser.drop(page, "#drop", pictures);
    assertThat(page.locator("#ranking tbody tr")).hasCount(3);
    page.getByText("Say what drives each").click();
    assertThat(page.locator(".why .drivers")).hasCount(6);
    page.reload();
    assertThat(page.locator("#ranking tbody tr")).hasCount(3);
    assertThat(page.locator(".why .drivers")).hasCount(6);
    check(page, "score");
  }

  @Test
  @Order(6)
  void aPictureUnlikeAllPostsGetsNoNumber() throws IOException {
    Page page = open("/score?model=" + model);
    StudioBrowser.drop(page, "#drop", List.of(noise()));
    assertThat(page.locator("#ranking .warn").first())
        .containsText("unlike all posts learned from");
    assertThat(page.locator("#ranking tbody td.n")).containsText("no number is claimed");
    page.close();
  }

  private static Path noise() throws IOException {
    BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 320 * 240; i++) {
      image.setRGB(i % 320, i / 320, random.nextInt(1 << 24));
    }
    Path file = folder.resolve("noise.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Test
  @Order(7)
  void twoStudiesAreComparedAndAModelIsWatchedOverNewerPosts() throws IOException {
    Client client = fixture.signIn();
    long first = finished("study", 0);
    ObjectNode asked =
        (ObjectNode) client.get("/api/runs/" + first).json().get("request").deepCopy();
    ObjectNode text = (ObjectNode) asked.at("/what/study");
    text.put("text", text.get("text").asText().replace("count: 32", "count: 20"));
    asked.remove("job");
    long second = client.post("/api/study", asked.toString()).json().get("run").asLong();
    Page page = open("/study-run?run=" + second);
    page.waitForURL(Pattern.compile(".*/report.*"));
    page.getByText("Compare with another study").click();
    page.getByLabel("Second").selectOption(Long.toString(first));
    page.getByRole(AriaRole.BUTTON, button("Compare")).click();
    assertThat(page.locator("table").first().locator("tbody tr")).hasCount(2);
    check(page, "compare");

    Path later = StudioFixture.posts(folder.resolve("later"), POSTS, 12);
    String upload = client.post("/api/uploads", "").json().get("id").asText();
    for (Path file : StudioFixture.files(later.getParent())) {
      String name = later.getParent().relativize(file).toString();
      client.put("/api/upload?id=%s&name=%s".formatted(upload, name), Files.readAllBytes(file));
    }
    String where = client.get("/api/upload?id=" + upload).json().get("folder").asText();
    String request =
        "{\"posts\":\"%s/posts.csv\",\"name\":\"Spring\",\"append\":true,\"columns\":{\"metrics\":[],\"metadata\":[]}}"
            .formatted(where);
    long run = client.post("/api/import", request).json().get("run").asLong();
    assertThat(client.await(run)).isEqualTo("finished");

    page = open("/monitor?model=" + model);
    page.locator("#look").click();
    page.waitForURL(Pattern.compile(".*/monitor\\?model=\\d+&run=\\d+"));
    page.waitForFunction("() => document.documentElement.dataset.charts === 'drawn'");
    assertThat(page.locator(".report .numbers")).containsText("12");
    check(page, "monitoring");
  }

  @Test
  @Order(7)
  void hostileIdsAndCaptionsStayText() throws Exception {
    Client client = fixture.signIn();
    Page page = open("/campaign?campaign=Spring&sort=id&model=" + model);
    assertThat(page.locator(".gallery li")).hasCount(POSTS);
    assertHarmless(page);
    for (String id : StudioFixture.HOSTILE) {
      String at = "&post=" + URLEncoder.encode(id, UTF_8);
      page.navigate(address("/creative?model=" + model + at));
      page.waitForFunction("() => document.documentElement.dataset.ready === 'true'");
      assertThat(page.locator("h1")).hasText("Picture " + id);
      assertHarmless(page);
      Client.Reply picture = client.get("/api/picture?campaign=Spring" + at);
      assertThat(picture.header("Content-Type")).hasValue("image/jpeg");
    }
    page.close();
    Path folder = fixture.anvil().settings().workspace().resolve("studio/hostile");
    String asked =
        "{\"study\":%d,\"folder\":\"%s\"}".formatted(finished("study", 0), folder.toString());
    long run = client.post("/api/report", asked).json().get("run").asLong();
    assertThat(client.await(run)).isEqualTo("finished");
    assertThat(Files.readAllLines(folder.resolve("posts.csv")))
        .noneMatch(line -> line.matches("\"?[=+@\\t-].*"))
        .anyMatch(line -> line.contains("'=HYPERLINK"))
        .anyMatch(line -> line.contains("'@SUM"));
    assertThat(Files.readString(folder.resolve("report.html")))
        .doesNotContain("<script>window.hacked", "<img src=x", "<svg onload");
  }

  private static void assertHarmless(Page page) {
    assertThat(page.evaluate("() => window.hacked === undefined")).isEqualTo(true);
    assertThat(page.locator("img[src=x], svg[onload]")).hasCount(0);
  }

  /** A finished run of a job, counted from the newest. */
  private static long finished(String job, int number) {
    return fixture.anvil().workspace().runs().list().stream()
        .filter(r -> r.request().command().equals(job) && r.state() == Run.State.FINISHED)
        .skip(number)
        .findFirst()
        .orElseThrow()
        .id();
  }

  @Test
  @Order(8)
  void runsAreListedWithHowTheyWereMade() throws IOException {
    Page page = open("/runs");
    assertThat(page.locator("tbody tr").count()).isGreaterThan(4);
    assertThat(page.getByText("cancelled").first()).isVisible();
    assertThat(StudioBrowser.violations(page)).isEmpty();
    StudioBrowser.shoot(page, "runs", SHOTS);
    page.setViewportSize(1280, 900);
    page.locator("tbody a").first().click();
    assertThat(page.getByText("How it was made")).isVisible();
    check(page, "run");
    check(open("/"), "start");
    check(open("/nowhere"), "error");
  }

  @Test
  @Order(9)
  void noPageBrokeItsPolicyOrComplained() {
    assertThat(browser.complaints()).filteredOn(c -> !c.contains("/nowhere")).isEmpty();
  }
}
