package dev.anvil.web.page;

import dev.anvil.engine.service.view.GalleryPage.Facets;
import dev.anvil.report.section.Chart;
import dev.anvil.report.section.Html;
import dev.anvil.segment.Segmentation;
import dev.anvil.web.api.CampaignsApi.FittedView;
import dev.anvil.web.api.Json;
import dev.anvil.web.api.Query;
import dev.anvil.web.api.StudiesApi;
import dev.anvil.web.api.Workbench;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A study that is being written. */
public final class StudyPage {
  private static final int MOST_ELEMENTS = 8;

  private final Workbench bench;

  private StudyPage(Workbench bench) {
    this.bench = bench;
  }

  /** Its route. */
  public static List<Route> routes(Workbench bench) {
    return List.of(
        Route.get("/study", "A study.", Answer.of("text/html"), new StudyPage(bench)::show));
  }

  private void show(Context ctx) {
    FittedView model = Pages.model(bench, Query.number(ctx, "model"));
    Optional<String> name = Query.find(ctx, "name");
    String text = name.map(n -> StudiesApi.read(bench, n).text()).orElse("");
    Facets facets = Pages.facets(bench, model);
    List<String> elements =
        facets.elements().entrySet().stream()
            .filter(e -> !e.getKey().equals(Segmentation.BACKGROUND))
            .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
            .limit(MOST_ELEMENTS)
            .map(Map.Entry::getKey)
            .toList();
    ctx.html(
        Layout.page(
            "Study",
            Links.ofModel(model.campaign(), model.model()),
            Html.of(
                """
                <div id="study" data-model="{}" data-metric="{}" data-own="{}">
                <h1>Study what drives {}</h1>
                <p class="lede">Click factors together, or edit the file: it is the very file that runs, here or on the command line.</p>
                {}
                <div class="two">
                {}
                <div>
                <label for="yaml">The study file</label>
                <textarea class="yaml" id="yaml" spellcheck="false">{}</textarea>
                <div id="by-hand"></div>
                <div id="study-preview" aria-live="polite"></div>
                <div class="row"><button type="button" class="main" id="run">Run the study</button>
                <button type="button" id="forecast">Estimate cost and power</button>
                <button type="button" id="keep">Keep the file</button></div>
                <p class="note">Estimating makes the pictures of eight creatives, which the study then need not make again.</p>
                <p class="note" id="kept" aria-live="polite"></p>
                <div id="forecast-state"></div>
                <div id="forecast-result" aria-live="polite"></div>
                <div id="study-state"></div>
                </div>
                </div>
                <script type="application/json" id="colours">{}</script>
                </div>
                """,
                model.model(),
                model.metric(),
                bench.own(),
                model.metric(),
                others(model),
                form(model, elements),
                text,
                Html.raw(Chart.forScript(Json.text(Swatches.COLOURS)))),
            "study"));
  }

  private Html others(FittedView model) {
    List<String> names = StudiesApi.names(bench);
    return names.isEmpty()
        ? Html.NONE
        : Html.of(
            "<p class=\"note\">Files kept: {}</p>",
            Html.join(
                names.stream()
                    .map(
                        name ->
                            Html.of(
                                "<a href=\"/study?model={}&amp;name={}\">{}</a>",
                                model.model(),
                                Links.encoded(name),
                                name))
                    .toList()));
  }

  private static Html form(FittedView model, List<String> elements) {
    String subject = elements.isEmpty() ? "car" : elements.get(0);
    return Html.of(
        """
        <form id="builder">
        <fieldset><legend>Sources</legend><div class="row">
        <label>Name<input name="name" value="{}" required></label>
        <label>Element<input name="element" value="{}" list="labels"></label>
        <label>Creatives, at most<input type="number" name="count" min="2" max="2000" value="40"></label>
        <label>Seed<input type="number" name="seed" min="0" value="1"></label>
        <label>Stop when intervals are within \u00b1 %<input type="number" name="half" min="0.1" max="100" step="0.1" placeholder="never"></label></div>
        <datalist id="labels">{}</datalist></fieldset>
        <fieldset><legend>Colour of its paint</legend><div class="levels">{}</div></fieldset>
        <fieldset><legend>Taken away</legend><div class="levels">{}</div></fieldset>
        <fieldset><legend>Surroundings</legend><label class="inline"><input type="checkbox" name="blur">blurred background</label></fieldset>
        <fieldset><legend>Placebo</legend><label class="inline"><input type="checkbox" name="placebo" checked>a slight tint, which ought to change nothing</label></fieldset>
        <p><button type="button" id="starter">Write one from what the pictures show</button></p>
        </form>
        """,
        model.metric() + " by colour",
        subject,
        Html.join(elements.stream().map(e -> Html.of("<option value=\"{}\">", e)).toList()),
        Html.join(
            Swatches.COLOURS.entrySet().stream()
                .map(e -> colour(e.getKey(), e.getValue()))
                .toList()),
        Html.join(elements.stream().map(StudyPage::removal).toList()));
  }

  private static Html colour(String name, String hex) {
    return Html.of(
        "<label class=\"inline swatch\" style=\"--c:{}\"><input type=\"checkbox\" name=\"colour\""
            + " value=\"{}\"><i></i>{}</label>",
        hex,
        name,
        name);
  }

  private static Html removal(String label) {
    return Html.of(
        "<label class=\"inline\"><input type=\"checkbox\" name=\"remove\" value=\"{}\">{}</label>",
        label,
        label);
  }
}
