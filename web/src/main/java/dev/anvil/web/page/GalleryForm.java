package dev.anvil.web.page;

import dev.anvil.engine.service.view.GalleryPage.Facets;
import dev.anvil.engine.service.view.GalleryQuery;
import dev.anvil.report.section.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a gallery is sorted and filtered by; a plain form, so that its state is the address. */
record GalleryForm(GalleryQuery query, Facets facets) {
  private static final int MOST_COLUMNS = 4;

  Html html() {
    return Html.of(
        """
        <form class="row filters" id="filters" action="/campaign">
        <input type="hidden" name="campaign" value="{}">{}
        <label>Sort by<select name="sort">{}</select></label>
        <label>Order<select name="descending">{}{}</select></label>
        {}{}
        <label>Words<input name="text" value="{}" size="14" placeholder="id, name, metadata"></label>
        {}
        <button>Show</button>
        </form>""",
        query.campaign(),
        query.model().isPresent()
            ? Html.of("<input type=\"hidden\" name=\"model\" value=\"{}\">", query.model().get())
            : Html.NONE,
        Html.join(sorts()),
        Pages.option("true", "largest first", query.descending()),
        Pages.option("false", "smallest first", !query.descending()),
        elements(),
        facets.first().isPresent() ? dates() : Html.NONE,
        query.filter().text().orElse(""),
        Html.join(columns()));
  }

  private List<Html> sorts() {
    List<String> names = new ArrayList<>(facets.first().isPresent() ? List.of("date") : List.of());
    names.addAll(facets.metrics());
    if (query.model().isPresent()) {
      names.addAll(List.of("expected", "residual"));
    }
    names.add("id");
    return names.stream().map(n -> Pages.option(n, n, n.equals(query.sort()))).toList();
  }

  private Html elements() {
    return facets.elements().isEmpty()
        ? Html.NONE
        : choice(
            "element",
            "Shows",
            facets.elements().keySet().stream().toList(),
            query.filter().element());
  }

  private Html dates() {
    return Html.of(
        """
        <label>From<input type="date" name="from" value="{}"></label>
        <label>To<input type="date" name="to" value="{}"></label>""",
        query.filter().from().map(Object::toString).orElse(""),
        query.filter().to().map(Object::toString).orElse(""));
  }

  private List<Html> columns() {
    return facets.columns().entrySet().stream()
        .filter(e -> e.getValue().size() > 1)
        .limit(MOST_COLUMNS)
        .map(this::column)
        .toList();
  }

  private Html column(Map.Entry<String, List<String>> column) {
    Optional<String> chosen = Optional.ofNullable(query.filter().columns().get(column.getKey()));
    return Html.of(
        "<label>{}<select name=\"column\"><option value=\"\">any</option>{}</select></label>",
        column.getKey(),
        Html.join(
            column.getValue().stream()
                .map(
                    value ->
                        Pages.option(
                            column.getKey() + "=" + value,
                            value,
                            chosen.filter(value::equals).isPresent()))
                .toList()));
  }

  private static Html choice(
      String name, String words, List<String> values, Optional<String> chosen) {
    return Html.of(
        "<label>{}<select name=\"{}\"><option value=\"\">any</option>{}</select></label>",
        words,
        name,
        Html.join(
            values.stream()
                .map(v -> Pages.option(v, v, chosen.filter(v::equals).isPresent()))
                .toList()));
  }
}
