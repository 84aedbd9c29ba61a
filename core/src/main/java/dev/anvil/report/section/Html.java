package dev.anvil.report.section;

import java.util.Collection;
import java.util.stream.Collectors;

/** Markup that is safe to put on a page: all text in it has been escaped. */
public final class Html {
  /** Nothing at all. */
  public static final Html NONE = new Html("");

  private final String markup;

  private Html(String markup) {
    this.markup = markup;
  }

  /** Markup that is trusted as it is; never give it text from outside. */
  public static Html raw(String markup) {
    return new Html(markup);
  }

  /** Text, escaped for element content and for quoted attributes. */
  public static Html text(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return new Html(out.toString());
  }

  /**
   * Fills a template.
   *
   * @param template trusted markup with one {@code {}} for each part
   * @param parts {@link Html} is put in as it is, anything else is escaped
   */
  public static Html of(String template, Object... parts) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (Object part : parts) {
      int hole = template.indexOf("{}", from);
      if (hole < 0) {
        throw new IllegalArgumentException("more parts than holes in " + template);
      }
      out.append(template, from, hole).append(part instanceof Html h ? h : text(part.toString()));
      from = hole + 2;
    }
    if (template.indexOf("{}", from) >= 0) {
      throw new IllegalArgumentException("more holes than parts in " + template);
    }
    return new Html(out.append(template, from, template.length()).toString());
  }

  /** Several pieces, one after another. */
  public static Html join(Collection<Html> parts) {
    return new Html(parts.stream().map(Html::toString).collect(Collectors.joining("\n")));
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return markup.isEmpty();
  }

  @Override
  public String toString() {
    return markup;
  }
}
