package dev.anvil.extension;

import dev.anvil.report.data.ReportData;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Section;

/** A section from outside, of campaigns that are called toy. */
public final class Greeting implements Section {
  @Override
  public String id() {
    return "greeting";
  }

  @Override
  public String title() {
    return "Greeting";
  }

  @Override
  public Html of(ReportData data) {
    return data.heading().campaign().equals("toy")
        ? Html.of("<section id=\"{}\"><p>Hello, {}.</p></section>", id(), data.heading().metric())
        : Html.NONE;
  }
}
