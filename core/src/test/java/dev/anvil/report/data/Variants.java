package dev.anvil.report.data;

import dev.anvil.Problem;
import dev.anvil.report.data.PictureStrip.Frame;
import dev.anvil.report.data.PictureStrip.Kind;
import dev.anvil.study.effect.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reports at the edges of what a report may hold. */
public final class Variants {
  public static final String HOSTILE =
      "</script><script>window.hacked=1</script><img src=x onerror=\"window.hacked=1\">'&";

  private Variants() {}

  /** No factor, no model, no posts. */
  public static ReportData least() {
    return new ReportData(
        heading("Empty", 0),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        provenance("run"),
        List.of());
  }

  /** One factor with as many levels as given, all of them resolved, without truth or pictures. */
  public static ReportData levels(int count) {
    List<EffectResult> effects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      effects.add(
          EffectResult.of(
              Sample.effect(
                  "kind", "level " + i, "control", false, -.1 - .01 * i, .02, Verdict.HURTS)));
    }
    return new ReportData(
        heading("Levels", 40),
        List.of(new FactorResult("kind", "Kind", "the car left as it is", effects, List.of())),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        provenance("run"),
        List.of());
  }

  /** Every text that can come from outside tries to break out. */
  public static ReportData hostile() {
    EffectResult effect =
        new EffectResult(
            Sample.effect(HOSTILE, HOSTILE, HOSTILE, false, .1, .02, Verdict.NOT_RESOLVED),
            HOSTILE,
            OptionalDouble.of(.1),
            Optional.empty());
    Frame frame =
        new Frame(
            Kind.VARIANT,
            HOSTILE,
            Thumbnail.of(Sample.scene(0x888888, 0xAA0000, 0), 64),
            OptionalDouble.of(.1));
    return new ReportData(
        new Heading(HOSTILE, HOSTILE, false, LocalDate.EPOCH, 40, 80, .05, true),
        List.of(
            new FactorResult(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                List.of(effect),
                List.of(new PictureStrip(HOSTILE, List.of(frame))))),
        List.of(Sample.effect(HOSTILE, HOSTILE, HOSTILE, true, .1, .02, Verdict.HELPS)),
        List.of(
            new EditCheckRow(
                HOSTILE,
                HOSTILE,
                3,
                1,
                0,
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                false,
                HOSTILE)),
        Optional.of(
            new ModelResult(
                HOSTILE,
                Sample.full().model().orElseThrow().evaluations().stream()
                    .limit(1)
                    .map(
                        row ->
                            new EvaluationRow(
                                HOSTILE,
                                HOSTILE,
                                row.trained(),
                                row.tested(),
                                row.rmse(),
                                row.r2(),
                                row.mae(),
                                Optional.empty(),
                                Optional.empty()))
                    .toList(),
                Optional.empty())),
        List.of(),
        Optional.of(
            new DataHealth(
                1,
                1,
                List.of(new Problem(HOSTILE, HOSTILE)),
                Map.of(HOSTILE, 1),
                Map.of(HOSTILE, .5),
                Optional.of(HOSTILE),
                0,
                Optional.empty())),
        provenance(HOSTILE),
        List.of(HOSTILE));
  }

  static Heading heading(String campaign, int creatives) {
    return new Heading(
        campaign, "likes", false, LocalDate.of(2026, 1, 2), creatives, 9 * creatives, .05, false);
  }

  private static Provenance provenance(String text) {
    return new Provenance(text, 1, text, text, Map.of(text, text), Map.of(text, text), text);
  }
}
