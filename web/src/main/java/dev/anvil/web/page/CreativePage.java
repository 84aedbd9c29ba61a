package dev.anvil.web.page;

import dev.anvil.campaign.Post;
import dev.anvil.packs.PackKind;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Words;
import dev.anvil.web.api.CampaignsApi.FittedView;
import dev.anvil.web.api.Query;
import dev.anvil.web.api.Workbench;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** One picture: its elements, what is expected of it, and what edits of it would change. */
public final class CreativePage {
  private final Workbench bench;

  private CreativePage(Workbench bench) {
    this.bench = bench;
  }

  /** Its route. */
  public static List<Route> routes(Workbench bench) {
    return List.of(
        Route.get(
            "/creative", "A picture.", Answer.of("text/html"), new CreativePage(bench)::show));
  }

  private void show(Context ctx) {
    FittedView model = Pages.model(bench, Query.number(ctx, "model"));
    Post post =
        bench
            .anvil()
            .gallery()
            .post(model.campaign(), Optional.of(model.model()), Query.text(ctx, "post"));
    ctx.html(
        Layout.page(
            "Picture " + post.id(),
            Links.ofModel(model.campaign(), model.model()),
            Html.of(
                """
                <div id="creative" data-model="{}" data-post="{}" data-campaign="{}" data-metric="{}" data-own="{}">
                <h1>{}</h1>
                <div class="workplace">
                <div class="compare">
                <div class="stage" id="stage"><img id="picture" src="{}" alt="{}"><canvas id="overlay" aria-hidden="true"></canvas></div>
                <div id="slider" hidden><label>As posted (left) and variant (right)
                <input type="range" id="cut" min="0" max="100" value="50"></label></div>
                <p class="note" aria-live="polite" id="pointed"></p>
                <div id="many" aria-live="polite"></div>
                <h2>What is in it</h2>
                <ul class="buttons" id="elements"></ul>
                <section aria-labelledby="why"><h2 id="why">Where the prediction comes from</h2>
                <button type="button" id="explain">Draw the heat map</button>
                <div id="explain-state"></div></section>
                </div>
                <div>
                <section aria-labelledby="expected"><h2 id="expected">What is expected of it</h2>
                <div id="expectation"><p>Looking at the posts nearest to it.</p></div>
                <dl class="facts">{}</dl>
                <h3>Nearest posts</h3><ul class="tiny" id="nearest"></ul></section>
                {}
                </div>
                </div>
                </div>
                """,
                model.model(),
                post.id(),
                model.campaign(),
                model.metric(),
                bench.own(),
                "Picture " + post.id(),
                Links.picture(model.campaign(), Optional.of(model.model()), post.id(), 0),
                "the picture of post " + post.id(),
                facts(post),
                tools()),
            "creative"));
  }

  private static Html facts(Post post) {
    List<Html> rows = new ArrayList<>();
    post.time().ifPresent(time -> rows.add(fact("published", Words.date(time.toLocalDate()))));
    new TreeMap<>(post.metrics())
        .forEach((name, value) -> rows.add(fact(name + ", measured", Pages.amount(value))));
    new TreeMap<>(post.metadata()).forEach((name, value) -> rows.add(fact(name, value)));
    return Html.join(rows);
  }

  private static Html fact(String name, String value) {
    return Html.of("<div><dt>{}</dt><dd>{}</dd></div>", name, value);
  }

  private Html tools() {
    List<Html> swatches = new ArrayList<>();
    Swatches.COLOURS.forEach(
        (name, hex) ->
            swatches.add(
                Html.of(
                    "<li><button type=\"button\" class=\"swatch\" data-tool data-colour=\"{}\""
                        + " data-name=\"{}\" style=\"--c:{}\" disabled><i></i>{}</button></li>",
                    hex,
                    name,
                    hex,
                    name)));
    return Html.of(
        """
        <section aria-labelledby="chosen"><h2 id="chosen">Choose an element of the picture first.</h2>
        <div id="edit-state"></div>
        <div id="variants" aria-live="polite"></div>
        <div id="kept"></div>
        <h3>Colour of its paint</h3>
        <ul class="buttons">{}<li><label class="inline">any <input type="color" id="own-colour" data-tool disabled value="#c01818"></label></li></ul>
        <h3>Take it away</h3>
        <p><button type="button" id="remove" data-tool disabled>Remove it</button></p>
        <p><label>Variants at once, where the editor draws at random<input type="number" id="seeds" min="1" max="10" value="1"></label></p>
        <h3>Put it before another backdrop</h3>
        <div class="drop" id="backdrop"><p>Drop pictures of places.</p>
        <button type="button" data-input="backdrop-file">Choose pictures</button>
        <input class="hidden" id="backdrop-file" type="file" accept="image/*" multiple tabindex="-1" aria-label="Pictures of backdrops"></div>
        <h3>Put a figure beside it</h3>
        <div class="drop" id="figures"><p id="figures-said">Drop figures with a transparent background first.</p>
        <ul class="buttons" id="places"></ul>
        <button type="button" data-input="figures-file">Choose figures</button>
        <input class="hidden" id="figures-file" type="file" accept="image/png,image/webp" multiple tabindex="-1" aria-label="Figures with a transparent background"></div>
        {}
        </section>
        """,
        Html.join(swatches),
        bench.anvil().networks().first(PackKind.STABLE_DIFFUSION).isPresent()
            ? prompt()
            : Html.NONE);
  }

  private static Html prompt() {
    return Html.of(
        """
        <h3>Paint it anew</h3>
        <form class="row" id="prompt-form"><label>Prompt<input id="prompt" size="24" placeholder="a blue car" required></label>
        <button data-tool disabled>Paint</button></form>\
        """);
  }
}
