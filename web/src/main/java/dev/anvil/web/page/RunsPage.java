package dev.anvil.web.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.request.MonitorRequest;
import dev.anvil.engine.request.PredictRequest;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.request.WhatIfRequest;
import dev.anvil.engine.service.run.RunLog;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Table;
import dev.anvil.report.section.Words;
import dev.anvil.store.Run;
import dev.anvil.web.api.Json;
import dev.anvil.web.api.Query;
import dev.anvil.web.api.RunView;
import dev.anvil.web.api.Workbench;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was asked of the workspace, and one run with its provenance. */
public final class RunsPage {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss");
  private static final int SHOWN = 100;
  private static final Pager PAGER = new Pager("runs", "offset", SHOWN);

  private final Workbench bench;

  private RunsPage(Workbench bench) {
    this.bench = bench;
  }

  /** Its routes. */
  public static List<Route> routes(Workbench bench) {
    RunsPage page = new RunsPage(bench);
    return List.of(
        Route.get("/runs", "All runs.", Answer.of("text/html"), page::list),
        Route.get("/run", "One run.", Answer.of("text/html"), page::show));
  }

  private void list(Context ctx) {
    List<Run> all = bench.anvil().workspace().runs().list();
    List<Html> live = new ArrayList<>();
    Table table = new Table("Runs, the newest first", "Run", "Job", "State", "Submitted", "#Took");
    int offset = Query.number(ctx, "offset", 0, 0, Integer.MAX_VALUE);
    for (Run run : all.stream().skip(offset).limit(SHOWN).toList()) {
      RunView view = RunView.of(bench.anvil(), run);
      if (!view.over() && run.state() != Run.State.INTERRUPTED) {
        live.add(Html.of("<li class=\"card\" data-follow=\"{}\"></li>", run.id()));
      }
      table.row(
          Html.of("<a href=\"/run?run={}\">{}</a>", run.id(), run.id()),
          view.job(),
          pill(view),
          time(run.times().submitted()),
          took(run));
    }
    ctx.html(
        Layout.page(
            "Runs",
            List.of(),
            Html.of(
                "<h1>Runs</h1>{}{}{}",
                live.isEmpty()
                    ? Html.NONE
                    : Html.of(
                        "<section aria-labelledby=\"live\"><h2 id=\"live\">Under way</h2><ul"
                            + " class=\"cards\">{}</ul></section>",
                        Html.join(live)),
                all.isEmpty() ? Html.of("<p>Nothing was asked yet.</p>") : table.html(),
                PAGER.html(ctx, offset, all.size())),
            "runs"));
  }

  private void show(Context ctx) {
    long id = Query.number(ctx, "run");
    RunView view = RunView.of(bench.anvil(), id);
    Run run = bench.anvil().workspace().runs().get(id).orElseThrow();
    ctx.html(
        Layout.page(
            "Run " + id,
            List.of(),
            Html.of(
                """
                <h1>Run {}: {}</h1>
                <p>{}{}</p>
                {}{}
                <section aria-labelledby="made"><h2 id="made">How it was made</h2><dl class="facts">{}</dl></section>
                {}<section aria-labelledby="asked"><h2 id="asked">What was asked</h2><pre class="scroll" tabindex="0"><code>{}</code></pre></section>
                """,
                id,
                view.job(),
                pill(view),
                view.failure().map(why -> " " + why).orElse(""),
                view.over() ? opened(view) : Html.of("<div data-follow=\"{}\"></div>", id),
                reproducible(view)
                    ? Html.of(
                        "<p><button type=\"button\" id=\"reproduce\" data-run=\"{}\">Do it again"
                            + " and compare</button></p><div id=\"reproduce-state\"></div>",
                        id)
                    : Html.NONE,
                facts(run),
                log(run),
                Json.pretty(view.request())),
            "runs"));
  }

  private static boolean reproducible(RunView view) {
    return view.state().equals("finished")
        && (view.job().equals(StudyRequest.JOB) || view.job().equals(FitRequest.JOB));
  }

  /** Where what came of a run is shown. */
  private static Html opened(RunView view) {
    if (!view.state().equals("finished")) {
      return Html.NONE;
    }
    JsonNode asked = view.request();
    String model = asked.path("model").asText();
    return switch (view.job()) {
      case StudyRequest.JOB -> open("/report?run=" + view.run(), "Open the report");
      case FitRequest.JOB ->
          open(
              Links.campaign(asked.path("campaign").asText(), Optional.of(view.run())),
              "Open the campaign with this model");
      case ImportRequest.JOB -> open("/", "Open the campaigns");
      case WhatIfRequest.JOB ->
          open(
              Links.creative(asked.path("model").asLong(), asked.path("picture").asText())
                  + "&run="
                  + view.run(),
              "Open the picture and its variants");
      case PredictRequest.JOB ->
          open("/score?model=%s&run=%s".formatted(model, view.run()), "Open the ranking");
      case MonitorRequest.JOB ->
          open("/monitor?model=%s&run=%s".formatted(model, view.run()), "Open the monitoring");
      default -> Html.NONE;
    };
  }

  private static Html open(String address, String words) {
    return Html.of("<p><a class=\"button main\" href=\"{}\">{}</a></p>", address, words);
  }

  private static Html facts(Run run) {
    Map<String, String> facts = new java.util.LinkedHashMap<>();
    facts.put("submitted", time(run.times().submitted()));
    run.times().started().ifPresent(at -> facts.put("started", time(at)));
    run.times().ended().ifPresent(at -> facts.put("ended", time(at)));
    facts.put("version of Anvil", run.request().codeVersion());
    if (run.request().seed()
        != 0) { // of jobs whose seed stands elsewhere, as a study's in its file
      facts.put("seed", Long.toString(run.request().seed()));
    }
    facts.put(
        "fingerprint of its inputs",
        run.request().fingerprint().isEmpty()
            ? "done anew each time"
            : run.request().fingerprint());
    run.result()
        .ifPresent(
            result ->
                new TreeMap<>(result.artefacts())
                    .forEach((name, hash) -> facts.put("artefact " + name, hash)));
    return Html.join(
        facts.entrySet().stream()
            .map(e -> Html.of("<div><dt>{}</dt><dd>{}</dd></div>", e.getKey(), e.getValue()))
            .toList());
  }

  /** What it did, in the order in which the phases began. */
  private static Html log(Run run) {
    List<RunLog.Line> lines =
        RunLog.of(run).stream().sorted(Comparator.comparing(RunLog.Line::started)).toList();
    if (lines.isEmpty()) {
      return Html.NONE;
    }
    Table table =
        new Table("Log: phases, the first ones first", "Began", "Phase", "#Steps", "#Took");
    for (RunLog.Line line : lines) {
      table.row(
          time(line.started()),
          String.join(" \u203a ", line.phase()),
          line.steps() == 0 ? "" : Words.count((int) Math.min(line.steps(), Integer.MAX_VALUE)),
          "%d.%d s".formatted(line.took().toSeconds(), line.took().toMillisPart() / 100));
    }
    return table.html();
  }

  private static Html pill(RunView view) {
    return Html.of("<span class=\"pill {}\">{}</span>", view.state(), view.state());
  }

  private static String time(Instant at) {
    return TIME.format(at.atZone(ZoneId.systemDefault()));
  }

  private static String took(Run run) {
    return run.times()
        .started()
        .map(
            from ->
                Duration.between(from, run.times().ended().orElseGet(Instant::now)).toSeconds()
                    + " s")
        .orElse("");
  }
}
