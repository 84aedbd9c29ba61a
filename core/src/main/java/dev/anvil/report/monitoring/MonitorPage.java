package dev.anvil.report.monitoring;

import dev.anvil.monitor.Evidence;
import dev.anvil.report.HtmlPage;
import dev.anvil.report.data.Thumbnail;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Words;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What monitoring found as one page: what to do now, then the evidence. */
public final class MonitorPage {
  private MonitorPage() {}

  /**
   * Of what and when.
   *
   * @param campaign its name
   * @param model run of the fit
   * @param version of Anvil
   */
  public record Heading(String campaign, LocalDate date, long model, String version) {}

  /**
   * The page as text.
   *
   * @param toDo what to do now, the most urgent first
   * @param thumbnails of posts that are shown, by their ids; one that has none is named only
   * @param notes what was left out, and why
   */
  public static String of(
      Heading heading,
      List<String> toDo,
      Evidence found,
      Map<String, Thumbnail> thumbnails,
      List<String> notes) {
    Html body =
        Html.of(
            """
            <header>{}</header>
            <main>
            {}
            </main>
            {}
            """,
            header(heading, toDo, found, notes),
            sections(found, thumbnails),
            HtmlPage.footer("Anvil " + heading.version()));
    return HtmlPage.of("%s: monitoring %s".formatted(heading.campaign(), found.metric()), body);
  }

  /** The same without a page around it, for one that has the style and draws the charts itself. */
  public static Html content(
      Heading heading,
      List<String> toDo,
      Evidence found,
      Map<String, Thumbnail> thumbnails,
      List<String> notes) {
    return Html.of(
        "<div class=\"opening\">{}</div>{}",
        header(heading, toDo, found, notes),
        sections(found, thumbnails));
  }

  private static Html sections(Evidence found, Map<String, Thumbnail> thumbnails) {
    List<Html> sections = new ArrayList<>();
    sections.add(PromiseSection.of(found));
    sections.add(AlarmSection.of(found));
    sections.add(PictureSection.of(found, thumbnails));
    sections.add(FatigueSection.of(found));
    found.effects().ifPresent(effects -> sections.add(EffectsSection.of(effects, found.metric())));
    found.challenge().ifPresent(challenge -> sections.add(ChallengeSection.of(challenge)));
    return Html.join(sections);
  }

  private static Html header(
      Heading heading, List<String> toDo, Evidence found, List<String> notes) {
    return Html.of(
        """
        <p class="kicker">{} <span>{}</span></p>
        <h1>{}</h1>
        <p class="deck">{}</p>
        <dl class="numbers">
        <div><dt>later posts</dt><dd>{}</dd></div>
        <div><dt>with their {}</dt><dd>{}</dd></div>
        <div><dt>waiting for it</dt><dd>{}</dd></div>
        </dl>
        {}\
        """,
        heading.campaign(),
        "Model of run %d \u00b7 %s".formatted(heading.model(), Words.date(heading.date())),
        headline(found),
        String.join(" ", toDo),
        Words.count(found.posts().all()),
        found.metric(),
        Words.count(found.posts().mature()),
        Words.count(found.posts().waiting()),
        notes(notes));
  }

  private static String headline(Evidence found) {
    if (found.isAlarmed()) {
      return "The model of %s needs attention".formatted(found.metric());
    }
    return found.posts().mature() == 0
        ? "Nothing to judge yet"
        : "The model of %s holds so far".formatted(found.metric());
  }

  private static Html notes(List<String> notes) {
    return notes.isEmpty()
        ? Html.NONE
        : Html.of(
            "<div class=\"asides\"><aside class=\"warnings\"><h2>Notes</h2><ul>{}</ul></aside></div>",
            Html.join(notes.stream().map(note -> Html.of("<li>{}</li>", note)).toList()));
  }
}
