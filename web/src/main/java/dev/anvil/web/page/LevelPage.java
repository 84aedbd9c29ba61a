package dev.anvil.web.page;

import dev.anvil.NotFoundException;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.service.view.GalleryPage.Row;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.VerdictStyle;
import dev.anvil.report.section.Words;
import dev.anvil.study.StudyResult;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.variant.ScoredVariant;
import dev.anvil.web.api.CampaignsApi.FittedView;
import dev.anvil.web.api.Query;
import dev.anvil.web.api.Workbench;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The pictures behind one number of a study: its variants, and the posts with its level. */
public final class LevelPage {
  private static final int SHOWN = 48;
  private static final Pager CREATIVES = new Pager("creatives", "creatives", SHOWN);
  private static final Pager POSTS = new Pager("posts", "posts", SHOWN);

  private final Workbench bench;

  private LevelPage(Workbench bench) {
    this.bench = bench;
  }

  /** Its route. */
  public static List<Route> routes(Workbench bench) {
    return List.of(
        Route.get(
            "/level",
            "The pictures behind an effect.",
            Answer.of("text/html"),
            new LevelPage(bench)::show));
  }

  /** The variants of one creative. */
  private record Creative(String post, List<ScoredVariant> references, List<ScoredVariant> shown) {
    /** Mean predicted change of those that count; lowest where none does. */
    double change() {
      return shown.stream()
          .filter(ScoredVariant::valid)
          .mapToDouble(ScoredVariant::relative)
          .average()
          .orElse(Double.NEGATIVE_INFINITY);
    }
  }

  private void show(Context ctx) {
    long run = Query.number(ctx, "run");
    String factor = Query.text(ctx, "factor");
    String level = Query.text(ctx, "level");
    if (!(bench.anvil().outcome(run) instanceof StudyOutcome outcome)) {
      throw new NotFoundException("run " + run, "is no study");
    }
    StudyResult result = outcome.result();
    List<Effect> effects =
        Stream.concat(result.effects().stream(), result.placebos().stream())
            .filter(e -> e.factor().equals(factor) && e.level().equals(level))
            .toList();
    List<Creative> creatives = creatives(result, factor, level);
    if (effects.isEmpty() && creatives.isEmpty()) {
      throw new NotFoundException(
          "level \"%.80s\" of factor \"%.80s\"".formatted(level, factor),
          "is not in run %d".formatted(run));
    }
    FittedView model = Pages.model(bench, outcome.model());
    String title = Words.capital(factor) + ": " + level;
    ctx.html(
        Layout.page(
            title,
            Links.ofModel(model.campaign(), model.model()),
            Html.of(
                """
                <p><a href="/report?run={}">Report of run {}</a></p>
                <h1>{}</h1>
                {}
                {}
                {}
                """,
                run,
                run,
                title,
                Html.join(effects.stream().map(LevelPage::effect).toList()),
                variants(ctx, run, model, creatives),
                posts(ctx, model, result, factor, level))));
  }

  private static int offset(Context ctx, Pager pager) {
    return Query.number(ctx, pager.parameter(), 0, 0, Integer.MAX_VALUE);
  }

  private static Html effect(Effect effect) {
    return Html.of(
        "<p class=\"effect\">{} <b>{}</b> <span class=\"range\">{}</span> against {}, from {}.</p>",
        VerdictStyle.pill(effect.verdict()),
        Words.change(effect.relative().point()),
        Words.range(effect.relative()),
        switch (effect.reference()) {
          case StudySpec.CONTROL -> "the same pictures left as they are";
          case StudySpec.AVERAGE -> "the average of all levels";
          default -> "\u201c%s\u201d".formatted(effect.reference());
        },
        Words.count(effect.sources(), "creative"));
  }

  /** Those that are expected to gain most first; those without a variant that counts last. */
  private static List<Creative> creatives(StudyResult result, String factor, String level) {
    Set<String> references = new HashSet<>();
    result.effects().stream()
        .filter(e -> e.factor().equals(factor) && e.level().equals(level))
        .forEach(e -> references.add(e.reference()));
    Map<String, Creative> byPost = new LinkedHashMap<>();
    for (ScoredVariant variant : result.variants()) {
      if (variant.factor().equals(factor)) {
        Creative creative =
            byPost.computeIfAbsent(
                variant.post(), p -> new Creative(p, new ArrayList<>(), new ArrayList<>()));
        if (variant.level().equals(level)) {
          creative.shown().add(variant);
        } else if (references.contains(variant.level()) && variant.seed() == 0) {
          creative.references().add(variant);
        }
      }
    }
    return byPost.values().stream()
        .filter(creative -> !creative.shown().isEmpty())
        .sorted(Comparator.comparingDouble(creative -> -creative.change()))
        .toList();
  }

  private static Html variants(Context ctx, long run, FittedView model, List<Creative> creatives) {
    if (creatives.isEmpty()) {
      return Html.of(
          "<p>No picture was made for this number alone: it compares pictures of other levels.</p>");
    }
    int offset = offset(ctx, CREATIVES);
    long made = creatives.stream().mapToLong(c -> c.shown().size()).sum();
    long used =
        creatives.stream().flatMap(c -> c.shown().stream()).filter(ScoredVariant::valid).count();
    return Html.of(
        """
        <section aria-labelledby="made"><h2 id="made">{}, {} of them used</h2>
        <p class="note">Each creative as posted, what it is compared with, and its variants with the \
        predicted change against the control. Variants that failed their checks are not used.</p>
        <ul class="trail">{}</ul>{}</section>""",
        Words.count((int) made, "variant"),
        Words.count((int) used),
        Html.join(
            creatives.stream()
                .skip(offset)
                .limit(SHOWN)
                .map(c -> creative(run, model, c))
                .toList()),
        CREATIVES.html(ctx, offset, creatives.size()));
  }

  private static Html creative(long run, FittedView model, Creative creative) {
    List<Html> frames = new ArrayList<>();
    frames.add(
        Html.of(
            "<li><a href=\"{}\"><img src=\"{}\" alt=\"post {} as posted\" loading=\"lazy\""
                + " width=\"320\" height=\"240\"></a><span>{}</span><b>as posted</b></li>",
            Links.creative(model.model(), creative.post()),
            Links.picture(model.campaign(), Optional.of(model.model()), creative.post(), 320),
            creative.post(),
            creative.post()));
    creative.references().forEach(v -> frames.add(variant(run, v)));
    creative.shown().forEach(v -> frames.add(variant(run, v)));
    return Html.of("<li><ol>{}</ol></li>", Html.join(frames));
  }

  private static Html variant(long run, ScoredVariant variant) {
    String name = variant.seed() == 0 ? variant.level() : variant.level() + " " + variant.seed();
    return Html.of(
        "<li{}><img src=\"/api/runs/{}/variant?key={}\" alt=\"post {}, {}\" loading=\"lazy\""
            + " width=\"320\" height=\"240\"><span>{}</span><b>{}</b></li>",
        variant.valid() ? Html.NONE : Html.raw(" class=\"unused\""),
        run,
        variant.key(),
        variant.post(),
        name,
        name,
        variant.valid() ? Words.change(variant.relative()) : "not used: " + variant.reason());
  }

  private Html posts(
      Context ctx, FittedView model, StudyResult result, String factor, String level) {
    List<String> labelled =
        result.labelled().getOrDefault(factor, Map.of()).getOrDefault(level, List.of());
    if (labelled.isEmpty()) {
      return Html.NONE;
    }
    int offset = offset(ctx, POSTS);
    Set<String> ids = new HashSet<>(labelled);
    List<Row> rows =
        bench.anvil().gallery().rows(model.campaign(), Optional.of(model.model())).stream()
            .filter(row -> ids.contains(row.id()))
            .sorted(Comparator.comparingDouble(row -> -row.residual().orElse(0.0)))
            .toList();
    return Html.of(
        """
        <section aria-labelledby="posts"><h2 id="posts">{} with this level</h2>
        <p class="note">The mean residual of these posts corrects the effect: what they got, less what was \
        expected. Their labels come from {}. The largest residuals come first.</p>
        <ul class="gallery">{}</ul>{}</section>""",
        Words.count(rows.size(), "post"),
        result.corrected().getOrDefault(factor, "the factors that it combines"),
        Html.join(
            rows.stream()
                .skip(offset)
                .limit(SHOWN)
                .map(
                    row ->
                        PostTile.of(
                            model.campaign(), Optional.of(model.model()), row, model.metric()))
                .toList()),
        POSTS.html(ctx, offset, rows.size()));
  }
}
