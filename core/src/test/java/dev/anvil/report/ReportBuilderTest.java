package dev.anvil.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.segment.FindsNothing;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.study.StudyResult;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.variant.ScoredVariant;
import dev.anvil.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportBuilderTest {
  @TempDir Path folder;

  private static ScoredVariant variant(int source, double outside, double outsideShare) {
    return new ScoredVariant(
        "p" + source,
        "c" + source,
        "colour",
        "red",
        0,
        "recolor",
        "key" + source,
        outside == 0,
        outside == 0 ? "" : "pixels outside the changed region differ by up to 3",
        outside,
        outsideShare,
        .1,
        .1,
        Optional.empty());
  }

  @Test
  void whatChangedOutsideIsAShareOfPixelsNotOfVariants() throws Exception {
    StudyResult study =
        new StudyResult(
            StudyFile.parse(
                """
                anvil: study/1
                factors:
                  colour: {element: dog, editor: recolor, levels: {red: {colour: "#b01020"}}}
                """,
                "study.yaml"),
            "hash",
            List.of("p0", "p1", "p2", "p3"),
            List.of(),
            5,
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(
                variant(0, 0, 0), variant(1, 0, 0), variant(2, .002, .01), variant(3, .001, .006)));

    try (Workspace workspace = Workspace.open(folder.resolve("w"))) {
      SegmentationCache segmentations =
          new SegmentationCache(new FindsNothing(), workspace.results());
      ReportBuilder builder = new ReportBuilder(List.of(), segmentations, workspace.blobs());

      assertThat(builder.checks(study))
          .singleElement()
          .satisfies(
              check -> {
                assertThat(check.outside()).isCloseTo(.004, within(1e-12));
                assertThat(check.spilled()).isEqualTo(2);
                assertThat(check.variants()).isEqualTo(4);
                assertThat(check.passed()).isFalse();
              });
    }
  }
}
