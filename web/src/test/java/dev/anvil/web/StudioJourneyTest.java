package dev.anvil.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
    return browser.open("http://127.0.0.1:%d%s".formatted(fixture.studio().port(), path));
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
    assertThat(page.locator("#pointed")).hasText("car");
    car.click();
    assertThat(car).hasAttribute("aria-pressed", "true");
    page.locator("[data-name=red]").click();
    assertThat(page.locator(".result .big").first())
        .hasText(Pattern.compile("[+\u2212]?[\\d.]+\u00a0%"));
    assertThat(page.locator(".result").first()).containsText("95 % interval");
    assertThat(page.locator("#stage .after")).isVisible();
    String address = page.url();
    assertThat(address).contains("element=car", "run=");
    page.reload();
    assertThat(page.locator(".result .big").first()).isVisible();
    check(page, "creative");
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
  @Order(4)
  void aStudyIsClickedTogetherCancelledRunAgainAndEqualsItsFile() throws IOException {
    Path before = folder.resolve("before");
    copy(fixture.anvil().settings().workspace(), before);
    Page page = open("/study?model=" + model);
    page.waitForFunction("() => document.documentElement.dataset.ready === 'true'");
    page.getByLabel("Name").fill("Red and blue");
    page.getByLabel("Creatives").fill("6");
    page.locator("input[value=red]").check();
    page.locator("input[value=blue]").check();
    assertThat(page.locator("#yaml")).hasValue(Pattern.compile("editor: recolor[\\s\\S]*red: "));
    assertThat(page.locator("#study-preview")).containsText("pictures of 6 creatives");
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
    page.waitForURL(Pattern.compile(".*/report\\?run=\\d+"));
    page.waitForFunction("() => document.documentElement.dataset.charts === 'drawn'");
    assertThat(page.locator(".report .factor h2").first()).isVisible();
    assertThat(page.locator("[data-spec=forest] svg").first()).isVisible();
    long run = Long.parseLong(page.url().replaceAll(".*run=", ""));
    String effects = effects(fixture.anvil().outcome(run));
    Path file =
        fixture.anvil().settings().workspace().resolve("studio/studies/red-and-blue/study.yaml");
    assertThat(alone(before, StudyText.read(file))).isEqualTo(effects);
    check(page, "report");
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
  @Order(5)
  void newPicturesAreRankedWithIntervals() throws IOException {
    Page page = open("/score?model=" + model);
    List<Path> pictures = StudioFixture.files(posts.resolveSibling("pictures")).subList(0, 3);
    StudioBrowser.drop(page, "#drop", pictures);
    assertThat(page.locator("#ranking tbody tr")).hasCount(3);
    page.reload();
    assertThat(page.locator("#ranking tbody tr")).hasCount(3);
    check(page, "score");
  }

  @Test
  @Order(6)
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
  @Order(7)
  void noPageBrokeItsPolicyOrComplained() {
    assertThat(browser.complaints()).filteredOn(c -> !c.contains("/nowhere")).isEmpty();
  }
}
