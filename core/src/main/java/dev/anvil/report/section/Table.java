package dev.anvil.report.section;

import java.util.ArrayList;
import java.util.List;

/** A table that scrolls inside its own frame where the page is narrow. */
public final class Table {
  private final String caption;
  private final List<String> heads;
  private final List<Html> rows = new ArrayList<>();

  /**
   * @param caption says what the rows are; read out, not shown
   * @param heads one per column; the first column is text, those that begin with # hold numbers
   */
  public Table(String caption, String... heads) {
    this.caption = caption;
    this.heads = List.of(heads);
  }

  /** Adds a row; {@link Html} cells are put in as they are. */
  public Table row(Object... cells) {
    return styledRow("", cells);
  }

  /** Adds a row of a class of its own. */
  public Table styledRow(String kind, Object... cells) {
    if (cells.length != heads.size()) {
      throw new IllegalArgumentException(
          "%d cells; expected %d".formatted(cells.length, heads.size()));
    }
    List<Html> out = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      out.add(
          i == 0
              ? Html.of("<th scope=\"row\">{}</th>", cells[i])
              : Html.of("<td{}>{}</td>", numeric(i), cells[i]));
    }
    rows.add(Html.of("<tr class=\"{}\">{}</tr>", kind, Html.join(out)));
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  public Html html() {
    List<Html> head = new ArrayList<>();
    for (int i = 0; i < heads.size(); i++) {
      String name = heads.get(i);
      head.add(
          Html.of(
              "<th scope=\"col\"{}>{}</th>",
              numeric(i),
              name.startsWith("#") ? name.substring(1) : name));
    }
    return Html.of(
        """
        <div class="scroll" role="region" tabindex="0" aria-label="{}"><table>
        <thead><tr>{}</tr></thead>
        <tbody>{}</tbody>
        </table></div>\
        """,
        caption,
        Html.join(head),
        Html.join(rows));
  }

  private Html numeric(int column) {
    return heads.get(column).startsWith("#") ? Html.raw(" class=\"n\"") : Html.NONE;
  }
}
