package dev.anvil.web.page;

import dev.anvil.InvalidInputException;
import dev.anvil.NotFoundException;
import dev.anvil.engine.request.Requests;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.service.view.KnownTruth;
import dev.anvil.report.HtmlReport;
import dev.anvil.report.data.ReportData;
import dev.anvil.report.section.Html;
import dev.anvil.store.Run;
import dev.anvil.web.api.CampaignsApi.FittedView;
import dev.anvil.web.api.Query;
import dev.anvil.web.api.RunView;
import dev.anvil.web.api.Workbench;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import io.javalin.http.Context;
import java.util.List;

/** A study that runs, and its report when it has run. */
public final class StudyRunPage {
  private final Workbench bench;

  private StudyRunPage(Workbench bench) {
    this.bench = bench;
  }

  /** Its routes. */
  public static List<Route> routes(Workbench bench) {
    StudyRunPage page = new StudyRunPage(bench);
    return List.of(
        Route.get("/study-run", "A study that runs.", Answer.of("text/html"), page::show),
        Route.get("/report", "The report of a study.", Answer.of("text/html"), page::report),
        Route.get("/report/file", "The same as one file.", Answer.of("text/html"), page::download));
  }

  private void show(Context ctx) {
    Run run = run(Query.number(ctx, "run"));
    if (run.state() == Run.State.FINISHED) {
      ctx.redirect("/report?run=" + run.id());
      return;
    }
    RunView view = RunView.of(bench.anvil(), run);
    StudyRequest asked = (StudyRequest) Requests.read(run.request().json(), "run " + run.id());
    FittedView model = Pages.model(bench, asked.what().model().orElseThrow());
    ctx.html(
        Layout.page(
            "Study",
            Links.ofModel(model.campaign(), model.model()),
            Html.of(
                """
                <h1>{}</h1>
                {}
                <p><a class="button" href="/study?model={}">Another study</a></p>
                <details><summary>The study file</summary><pre class="scroll" tabindex="0"><code>{}</code></pre></details>
                """,
                asked.what().study().spec().name(),
                view.over() ? ended(view) : live(run.id()),
                model.model(),
                asked.what().study().text()),
            "study-run"));
  }

  private static Html live(long run) {
    return Html.of(
        """
        <div id="study-progress" data-run="{}"></div>
        <p id="study-made" aria-live="polite"></p>
        <ul class="newest" id="study-variants" aria-label="Newest variants"></ul>
        <div id="study-estimates"></div>
        """,
        run);
  }

  private static Html ended(RunView view) {
    return Html.of(
        "<p role=\"status\"><span class=\"pill {}\">{}</span> Run {}{}</p>",
        view.state(),
        view.state(),
        view.run(),
        view.failure()
            .map(why -> ": " + why)
            .orElse(". What was computed is kept; run it again to go on."));
  }

  private void report(Context ctx) {
    ReportData data = data(ctx);
    long run = Query.number(ctx, "run");
    StudyRequest asked = (StudyRequest) Requests.read(run(run).request().json(), "run " + run);
    FittedView model = Pages.model(bench, asked.what().model().orElseThrow());
    ctx.html(
        Layout.page(
            "Report of run " + run,
            Links.ofModel(model.campaign(), model.model()),
            Html.of(
                """
                <p class="row"><a class="button" href="/report/file?run={}">Download as one file</a>
                <a class="button" href="/run?run={}">How it was made</a>
                <a class="button" href="/compare?first={}">Compare with another study</a></p>
                <div class="report">{}</div>{}\
                """,
                run,
                run,
                run,
                HtmlReport.content(data.with(Links.ofReport(run, model.campaign(), model.model()))),
                Pages.charts())));
  }

  private void download(Context ctx) {
    String html = HtmlReport.render(data(ctx));
    ctx.header("Content-Disposition", "attachment; filename=\"report.html\"").html(html);
  }

  private ReportData data(Context ctx) {
    Run run = run(Query.number(ctx, "run"));
    if (run.state() != Run.State.FINISHED) {
      throw new InvalidInputException(
          "run " + run.id(), "is %s; expected a finished study".formatted(run.state()));
    }
    return bench.anvil().reportData(run.id(), KnownTruth.NONE);
  }

  private Run run(long id) {
    return bench
        .anvil()
        .workspace()
        .runs()
        .get(id)
        .filter(run -> run.request().command().equals(StudyRequest.JOB))
        .orElseThrow(() -> new NotFoundException("run " + id, "is no study"));
  }
}
