package dev.anvil.web.page;

import dev.anvil.NotFoundException;
import dev.anvil.campaign.Post;
import dev.anvil.engine.outcome.MonitorOutcome;
import dev.anvil.engine.request.MonitorRequest;
import dev.anvil.engine.service.campaign.PostPictures;
import dev.anvil.engine.service.view.GalleryPage.Row;
import dev.anvil.monitor.Evidence;
import dev.anvil.monitor.PictureChange.Picture;
import dev.anvil.report.data.Thumbnail;
import dev.anvil.report.monitoring.MonitorPage;
import dev.anvil.report.section.Html;
import dev.anvil.store.Run;
import dev.anvil.web.api.CampaignsApi.FittedView;
import dev.anvil.web.api.Query;
import dev.anvil.web.api.RunView;
import dev.anvil.web.api.Workbench;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import io.javalin.http.Context;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a model does on the posts that came after it: what {@code anvil monitor} finds. */
public final class MonitoringPage {
  private static final int THUMBNAIL = 320;

  private final Workbench bench;
  private final PostPictures pictures;

  private MonitoringPage(Workbench bench) {
    this.bench = bench;
    this.pictures = new PostPictures(bench.anvil().workspace().results());
  }

  /** Its routes. */
  public static List<Route> routes(Workbench bench) {
    MonitoringPage page = new MonitoringPage(bench);
    return List.of(
        Route.get("/monitor", "How a model does.", Answer.of("text/html"), page::show),
        Route.get(
            "/monitor/file", "The same as one file.", Answer.of("text/html"), page::download));
  }

  private void show(Context ctx) {
    FittedView model = Pages.model(bench, Query.number(ctx, "model"));
    Optional<MonitorOutcome> found =
        Query.findNumber(ctx, "run").map(this::outcome).or(() -> newest(model.model()));
    ctx.html(
        Layout.page(
            "Monitoring",
            Links.ofModel(model.campaign(), model.model()),
            Html.of(
                """
                <div id="monitor" data-model="{}" data-own="{}">
                {}
                <div class="row"><button type="button" class="main" id="look">{}</button>
                <label class="inline"><input type="checkbox" id="effects">with the effects of the newest study over time</label>
                <label class="inline"><input type="checkbox" id="challenger">compare with a model that is fitted again</label></div>
                <div id="monitor-state"></div>
                </div>
                {}\
                """,
                model.model(),
                bench.own(),
                found.isPresent() ? Html.NONE : introduction(model),
                found.isPresent() ? "Look again" : "Look at the newer posts",
                found.map(this::report).orElse(Html.NONE)),
            "monitor"));
  }

  private static Html introduction(FittedView model) {
    return Html.of(
        """
        <h1>Does the model still hold?</h1>
        <p class="lede">The model of run {} says what {} to expect of posts. Import newer posts into \u201c{}\u201d, and see here whether they get it.</p>""",
        model.model(),
        model.metric(),
        model.campaign());
  }

  private Html report(MonitorOutcome found) {
    return Html.of(
        """
        <p class="row"><a class="button" href="/monitor/file?run={}">Download as one file</a>
        <a class="button" href="/run?run={}">How it was made</a></p>
        <div class="report">{}</div>{}\
        """,
        found.run(),
        found.run(),
        MonitorPage.content(
            heading(found), found.toDo(), found.evidence(), thumbnails(found), found.notes()),
        Pages.charts());
  }

  private void download(Context ctx) {
    MonitorOutcome found = outcome(Query.number(ctx, "run"));
    ctx.header("Content-Disposition", "attachment; filename=\"monitor.html\"")
        .html(
            MonitorPage.of(
                heading(found), found.toDo(), found.evidence(), thumbnails(found), found.notes()));
  }

  private MonitorPage.Heading heading(MonitorOutcome found) {
    Run run = bench.anvil().workspace().runs().get(found.run()).orElseThrow();
    return new MonitorPage.Heading(
        Pages.model(bench, found.model()).campaign(),
        LocalDate.ofInstant(run.times().started().orElseThrow(), ZoneId.systemDefault()),
        found.model(),
        run.request().codeVersion());
  }

  private MonitorOutcome outcome(long run) {
    if (bench.anvil().outcome(run) instanceof MonitorOutcome found) {
      return found;
    }
    throw new NotFoundException("run " + run, "is no monitoring");
  }

  private Optional<MonitorOutcome> newest(long model) {
    return bench.anvil().workspace().runs().list().stream()
        .filter(run -> run.request().command().equals(MonitorRequest.JOB))
        .filter(run -> run.state() == Run.State.FINISHED)
        .filter(run -> RunView.of(bench.anvil(), run).request().path("model").asLong() == model)
        .findFirst()
        .map(run -> outcome(run.id()));
  }

  /** Of the posts that are shown and still there. */
  private Map<String, Thumbnail> thumbnails(MonitorOutcome found) {
    String campaign = Pages.model(bench, found.model()).campaign();
    Set<String> there =
        bench.anvil().gallery().rows(campaign, Optional.empty()).stream()
            .map(Row::id)
            .collect(Collectors.toSet());
    Evidence evidence = found.evidence();
    Map<String, Thumbnail> thumbnails = new HashMap<>();
    Stream.concat(evidence.pictures().unlike().stream(), evidence.pictures().leftBehind().stream())
        .map(Picture::post)
        .filter(there::contains)
        .forEach(
            id -> {
              Post post = bench.anvil().gallery().post(campaign, Optional.empty(), id);
              thumbnails.put(id, Thumbnail.of(pictures.jpeg(post, THUMBNAIL)));
            });
    return thumbnails;
  }
}
