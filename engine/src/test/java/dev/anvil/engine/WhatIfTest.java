package dev.anvil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.engine.outcome.WhatIfOutcome;
import dev.anvil.engine.outcome.WhatIfOutcome.Variant;
import dev.anvil.engine.request.WhatIfRequest;
import dev.anvil.engine.service.model.Expectation;
import dev.anvil.engine.service.view.GalleryPage.Row;
import dev.anvil.engine.service.view.GalleryQuery;
import dev.anvil.engine.service.view.GalleryQuery.Filter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at posts of a fitted campaign and edits them. */
class WhatIfTest {
  @TempDir static Path folder;

  private static Anvil anvil;
  private static long model;
  private static Row withCar;

  @BeforeAll
  static void open() throws IOException {
    anvil = new EngineFixture(folder).openFitted();
    model = anvil.models().fit(Optional.empty()).id();
    withCar = rows("id", false, "car").get(0);
  }

  @AfterAll
  static void close() {
    anvil.close();
  }

  private static List<Row> rows(String sort, boolean descending, String element) {
    return anvil
        .gallery()
        .page(
            new GalleryQuery(
                "Spring",
                Optional.of(model),
                sort,
                descending,
                new Filter(
                    Optional.empty(),
                    Optional.of(element),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of()),
                0,
                500))
        .rows();
  }

  private static WhatIfOutcome edit(String picture, String editor, Map<String, Object> parameters) {
    return anvil.run(
        new WhatIfRequest(
            Optional.of(model),
            picture,
            List.of("car"),
            Optional.of(editor),
            parameters,
            folder,
            List.of(1L),
            Optional.of(folder.resolve("out"))),
        RunContext.NONE);
  }

  @Test
  void anEditIsCheckedScoredAndWritten() {
    WhatIfOutcome made = edit(withCar.id(), "recolor", Map.of("colour", "#b0383c"));
    Variant variant = made.variants().get(0);
    assertThat(variant.file()).isRegularFile();
    assertThat(variant.changedShare()).isPositive();
    assertThat(variant.outsideShare()).isZero();
    assertThat(variant.interval().orElseThrow().contains(variant.change())).isTrue();
    assertThat(variant.interval().orElseThrow().width()).isPositive();
    assertThat(variant.expected() / made.expected() - 1).isCloseTo(variant.change(), within(.05));
  }

  @Test
  void anEditOfNothingChangesNothing() {
    Variant variant = edit(withCar.id(), "none", Map.of()).variants().get(0);
    assertThat(variant.change()).isZero();
    assertThat(variant.changedShare()).isZero();
    assertThat(variant.interval().orElseThrow().width()).isZero();
  }

  @Test
  void aPictureThatWasNeverPostedIsEditedToo() {
    Path file = anvil.gallery().post("Spring", Optional.of(model), withCar.id()).picture();
    assertThat(edit(file.toString(), "recolor", Map.of("colour", "#3852a2")).variants()).hasSize(1);
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThatThrownBy(() -> edit("nowhere", "recolor", Map.of("colour", "#3852a2")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("neither a post of \"Spring\" nor a file");
  }

  @Test
  void whatIsExpectedIsWhatTheFitFoundWithoutThePost() {
    Expectation expectation = anvil.expectation(model, withCar.id(), RunContext.NONE);
    assertThat(expectation.expected())
        .isCloseTo(withCar.expected().orElseThrow(), within(.2 * expectation.expected()));
    assertThat(expectation.nearest()).noneMatch(near -> near.post().equals(withCar.id()));
    expectation.interval().ifPresent(i -> assertThat(i.contains(expectation.expected())).isTrue());
  }

  @Test
  void aCreativeHasANumberForEveryPixel() {
    var creative = anvil.creative(model, withCar.id(), RunContext.NONE);
    assertThat(creative.map()).hasSize(creative.width() * creative.height());
    assertThat(creative.elements()).anyMatch(part -> part.label().equals("car"));
    assertThat(IntStream.of(creative.map()))
        .allMatch(label -> label >= 0 && label < creative.elements().size());
  }

  @Test
  void postsAreSortedAndFiltered() {
    List<Row> rows = rows("clicks", true, "car");
    assertThat(rows).isNotEmpty().allMatch(row -> row.elements().contains("car"));
    assertThat(rows)
        .isSortedAccordingTo(
            (a, b) -> Double.compare(b.metrics().get("clicks"), a.metrics().get("clicks")));
    assertThatThrownBy(() -> rows("size", true, "car"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found \"size\"; expected date, id, expected, residual");
  }
}
