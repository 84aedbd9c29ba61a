package dev.anvil.report;

import dev.anvil.report.data.Heading;
import dev.anvil.report.data.ReportData;
import dev.anvil.report.section.AccountsSection;
import dev.anvil.report.section.ChecksSection;
import dev.anvil.report.section.ExperimentsSection;
import dev.anvil.report.section.FactorSection;
import dev.anvil.report.section.Headline;
import dev.anvil.report.section.HealthSection;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.ModelSection;
import dev.anvil.report.section.ProvenanceSection;
import dev.anvil.report.section.Section;
import dev.anvil.report.section.UncertaintySection;
import dev.anvil.report.section.Warnings;
import dev.anvil.report.section.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Draws a report as one HTML file that opens without a network: style, pictures, chart runtime and
 * data are inside. Equal data gives equal bytes.
 */
public final class HtmlReport {
  private static final Html COMPARE =
      Html.of(
          """
          <p>Compare levels within a factor, not across factors: the model shrinks some factors more \
          than others.</p>\
          """);

  /** The sections after those of factors. A new one is a class and a line here. */
  private static final List<Section> SECTIONS =
      List.of(
          new AccountsSection(),
          new ChecksSection(),
          new UncertaintySection(),
          new ExperimentsSection(),
          new ModelSection(),
          new HealthSection(),
          new ProvenanceSection());

  private HtmlReport() {}

  /**
   * Writes the report, replacing the file if it exists.
   *
   * @throws IOException when the file cannot be written
   */
  public static void write(ReportData data, Path file) throws IOException {
    Files.writeString(file, render(data));
  }

  /** The page as text. */
  public static String render(ReportData data) {
    Map<Section, Html> shown = shown(data);
    Html body =
        Html.of(
            """
            <header>{}</header>
            <main>
            {}
            </main>
            {}
            """,
            header(data, shown.keySet()),
            Html.join(shown.values()),
            HtmlPage.footer("Anvil " + data.provenance().codeVersion()));
    return HtmlPage.of(
        "%s: what drives %s".formatted(data.heading().campaign(), data.heading().metric()), body);
  }

  /** The same without a page around it, for one that has the style and draws the charts itself. */
  public static Html content(ReportData data) {
    Map<Section, Html> shown = shown(data);
    return Html.of(
        "<div class=\"opening\">{}</div>{}",
        header(data, shown.keySet()),
        Html.join(shown.values()));
  }

  private static Map<Section, Html> shown(ReportData data) {
    Map<Section, Html> shown = new LinkedHashMap<>();
    for (Section section : sections(data)) {
      Html html = section.of(data);
      if (!html.isEmpty()) {
        shown.put(section, html);
      }
    }
    return shown;
  }

  private static List<Section> sections(ReportData data) {
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < data.factors().size(); i++) {
      sections.add(new FactorSection(data.factors().get(i), "factor-" + (i + 1)));
    }
    sections.addAll(SECTIONS);
    ServiceLoader.load(Section.class).forEach(sections::add);
    return sections;
  }

  private static Html header(ReportData data, Collection<Section> shown) {
    Heading heading = data.heading();
    Headline headline = new Headline(data);
    return Html.of(
        """
        <p class="kicker">{} <span>{}</span></p>
        <h1>{}</h1>
        {}
        {}
        {}
        <div class="asides">{}{}</div>
        {}\
        """,
        heading.campaign(),
        Words.capital(heading.metric()) + " \u00b7 " + Words.date(heading.date()),
        headline.headline(),
        paragraph("deck", headline.findings()),
        paragraph("rest", headline.summary()),
        basis(data),
        warnings(data),
        meaning(data, headline),
        contents(shown));
  }

  private static Html paragraph(String kind, List<String> sentences) {
    return sentences.isEmpty()
        ? Html.NONE
        : Html.of("<p class=\"{}\">{}</p>", kind, String.join(" ", sentences));
  }

  private static Html basis(ReportData data) {
    return data.effects().isEmpty()
        ? Html.NONE
        : Html.of(
            "<p class=\"basis\">From {} edited into {}.</p>",
            Words.count(data.heading().creatives(), "creative"),
            Words.count(data.heading().pictures(), "picture"));
  }

  private static Html meaning(ReportData data, Headline headline) {
    return data.effects().isEmpty()
        ? Html.NONE
        : Html.of(
            """
            <aside class="meaning"><h2>What an effect means here</h2><p>{}</p>{}{}</aside>\
            """,
            headline.meaning(),
            data.factors().size() > 1
                    && data.factors().stream().anyMatch(f -> f.corrected().isEmpty())
                ? COMPARE
                : Html.NONE,
            data.heading().simulated() ? simulated(data.heading()) : Html.NONE);
  }

  private static Html simulated(Heading heading) {
    return Html.of(
        """
        <p>The {} of this campaign are simulated, so the true effects are known. They are shown as \
        diamonds beside the estimates.</p>\
        """,
        heading.metric());
  }

  private static Html warnings(ReportData data) {
    List<Html> warnings =
        Warnings.of(data).stream().map(warning -> Html.of("<li>{}</li>", warning)).toList();
    return warnings.isEmpty()
        ? Html.NONE
        : Html.of(
            """
            <aside class="warnings"><h2>Read with care</h2><ul>{}</ul></aside>\
            """,
            Html.join(warnings));
  }

  private static Html contents(Collection<Section> shown) {
    List<Html> links =
        shown.stream().map(s -> Html.of("<a href=\"#{}\">{}</a>", s.id(), s.title())).toList();
    return Html.of("<nav aria-label=\"Contents\">{}</nav>", Html.join(links));
  }
}
