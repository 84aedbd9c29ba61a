package dev.anvil.web.page;

import dev.anvil.NotFoundException;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Table;
import dev.anvil.report.section.VerdictStyle;
import dev.anvil.report.section.Words;
import dev.anvil.stats.Interval;
import dev.anvil.store.Run;
import dev.anvil.study.StudyResult;
import dev.anvil.study.effect.Effect;
import dev.anvil.web.api.Query;
import dev.anvil.web.api.Workbench;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Two finished studies side by side. */
public final class ComparePage {
  private static final double LEAST_REACH = .05;

  private final Workbench bench;

  private ComparePage(Workbench bench) {
    this.bench = bench;
  }

  /** Its route. */
  public static List<Route> routes(Workbench bench) {
    return List.of(
        Route.get(
            "/compare",
            "Two studies side by side.",
            Answer.of("text/html"),
            new ComparePage(bench)::show));
  }

  /** A finished study. */
  private record Done(long run, long model, StudyResult result) {
    String name() {
      return "%s (run %d)".formatted(result.spec().name(), run);
    }
  }

  private void show(Context ctx) {
    List<Run> finished =
        bench.anvil().workspace().runs().list().stream()
            .filter(run -> run.request().command().equals(StudyRequest.JOB))
            .filter(run -> run.state() == Run.State.FINISHED)
            .toList();
    Optional<Done> first = Query.findNumber(ctx, "first").map(this::study);
    Optional<Done> second = Query.findNumber(ctx, "second").map(this::study);
    ctx.html(
        Layout.page(
            "Compare studies",
            List.of(),
            Html.of(
                """
                <h1>Compare two studies</h1>
                <form class="row filters" action="/compare">
                <label>First<select name="first">{}</select></label>
                <label>Second<select name="second">{}</select></label>
                <button class="main">Compare</button></form>
                {}\
                """,
                options(finished, first),
                options(finished, second),
                first.isPresent() && second.isPresent()
                    ? compared(first.get(), second.get())
                    : Html.of(
                        "<p>{}</p>",
                        finished.size() < 2
                            ? "There are fewer than two finished studies in this workspace."
                            : "Choose two studies."))));
  }

  private Html options(List<Run> finished, Optional<Done> chosen) {
    return Html.join(
        finished.stream()
            .map(
                run ->
                    Pages.option(
                        Long.toString(run.id()),
                        study(run.id()).name(),
                        chosen.filter(done -> done.run() == run.id()).isPresent()))
            .toList());
  }

  private Done study(long run) {
    if (bench.anvil().outcome(run) instanceof StudyOutcome outcome) {
      return new Done(run, outcome.model(), outcome.result());
    }
    throw new NotFoundException("run " + run, "is no study");
  }

  private static Html compared(Done first, Done second) {
    return Html.of(
        """
        <section aria-labelledby="effects"><h2 id="effects">Effects</h2>{}
        <p class="keys">{}{}</p>
        {}
        <p class="note">Whether two effects differ cannot be read from their intervals alone: studies of one campaign share
        posts, and often creatives.</p></section>
        <section aria-labelledby="studies"><h2 id="studies">The studies</h2>{}</section>\
        """,
        warnings(first, second),
        VerdictStyle.key("line-dot", VerdictStyle.BLUE, "first: " + first.name()),
        VerdictStyle.key("line-dot", VerdictStyle.ORANGE, "second: " + second.name()),
        effects(first, second),
        facts(first, second));
  }

  private static Html warnings(Done first, Done second) {
    List<String> unlike = new ArrayList<>();
    if (!first.result().spec().metric().equals(second.result().spec().metric())) {
      unlike.add(
          "The first is of %s, the second of %s."
              .formatted(first.result().spec().metric(), second.result().spec().metric()));
    }
    if (first.model() != second.model()) {
      unlike.add(
          "They were judged by different models, of run %d and run %d."
              .formatted(first.model(), second.model()));
    }
    return Html.join(
        unlike.stream().map(words -> Html.of("<p class=\"warn\">{}</p>", words)).toList());
  }

  private static Html effects(Done first, Done second) {
    List<Effect> all =
        Stream.concat(first.result().effects().stream(), second.result().effects().stream())
            .toList();
    double reach =
        all.stream()
            .map(Effect::relative)
            .flatMap(i -> Stream.of(i.low(), i.high()))
            .filter(Double::isFinite)
            .mapToDouble(Math::abs)
            .reduce(LEAST_REACH, Math::max);
    Table table =
        new Table(
            "Effects of both studies",
            "Contrast",
            "",
            "#First",
            "Verdict of the first",
            "#Second",
            "Verdict of the second");
    List<Effect> shown = new ArrayList<>();
    for (Effect effect : all) {
      if (shown.stream().noneMatch(effect::sameContrast)) {
        shown.add(effect);
        Optional<Effect> a = of(first, effect);
        Optional<Effect> b = of(second, effect);
        table.row(
            "%s: %s against %s".formatted(effect.factor(), effect.level(), effect.reference()),
            Html.of(
                "<div class=\"plot\" aria-hidden=\"true\">{}{}</div>",
                bar(a, reach, ""),
                bar(b, reach, " second")),
            value(a),
            a.map(e -> VerdictStyle.pill(e.verdict())).orElse(Html.NONE),
            value(b),
            b.map(e -> VerdictStyle.pill(e.verdict())).orElse(Html.NONE));
      }
    }
    return table.html();
  }

  private static Optional<Effect> of(Done study, Effect like) {
    return study.result().effects().stream().filter(like::sameContrast).findFirst();
  }

  private static Object value(Optional<Effect> effect) {
    return effect
        .<Object>map(
            e ->
                Html.of(
                    "<b>{}</b> <span class=\"range\">{}</span>",
                    Words.change(e.relative().point()),
                    Words.range(e.relative())))
        .orElse("not in it");
  }

  private static Html bar(Optional<Effect> effect, double reach, String kind) {
    return effect
        .map(Effect::relative)
        .map(
            i ->
                Html.of(
                    "<span class=\"bar-of{}\" style=\"--low:{};--high:{};--at:{}\"></span>",
                    kind,
                    at(i.low(), reach),
                    at(i.high(), reach),
                    at(i.point(), reach)))
        .orElse(Html.NONE);
  }

  private static String at(double value, double reach) {
    double share = Math.max(-1, Math.min(1, value / reach));
    return String.format(Locale.ROOT, "%.2f%%", 50 + 50 * share);
  }

  private static Html facts(Done first, Done second) {
    Table table = new Table("What the studies are made of", "", "First", "Second");
    table.row("creatives", count(first.result().sources()), count(second.result().sources()));
    table.row("creatives in both", shared(first, second), shared(first, second));
    table.row(
        "pictures",
        Words.count(first.result().pictures()),
        Words.count(second.result().pictures()));
    table.row("seed", first.result().spec().seed(), second.result().spec().seed());
    table.row("model of run", first.model(), second.model());
    table.row("interval of the effects", level(first), level(second));
    table.row("study file", hash(first), hash(second));
    table.row("report", report(first), report(second));
    return table.html();
  }

  private static String count(List<?> items) {
    return Words.count(items.size());
  }

  private static String shared(Done first, Done second) {
    return Words.count(
        (int)
            first.result().sources().stream().filter(second.result().sources()::contains).count());
  }

  private static String level(Done study) {
    Interval interval = study.result().effects().get(0).relative();
    return String.format(Locale.ROOT, "%.3g %%", 100 * interval.level());
  }

  private static Html report(Done study) {
    return Html.of("<a href=\"/report?run={}\">Report of run {}</a>", study.run(), study.run());
  }

  private static String hash(Done study) {
    return study.result().specHash().substring(0, 12);
  }
}
