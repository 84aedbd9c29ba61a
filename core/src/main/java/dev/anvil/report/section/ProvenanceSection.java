package dev.anvil.report.section;

import dev.anvil.report.data.Provenance;
import dev.anvil.report.data.ReportData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What would make the same report again. */
public final class ProvenanceSection implements Section {
  @Override
  public String id() {
    return "provenance";
  }

  @Override
  public String title() {
    return "Provenance";
  }

  @Override
  public Html of(ReportData data) {
    Provenance provenance = data.provenance();
    return Html.of(
        """
        <section id="provenance"><h2>Provenance</h2>
        <p>To reproduce this report: <code class="command">{}</code></p>
        <details><summary>Run, seed, versions, packs and settings</summary>
        <dl class="facts">{}</dl></details></section>""",
        provenance.command(),
        Html.join(facts(provenance)));
  }

  private static List<Html> facts(Provenance provenance) {
    List<Html> facts = new ArrayList<>();
    facts.add(fact("Run", provenance.runId()));
    facts.add(fact("Seed", Long.toString(provenance.seed())));
    facts.add(fact("Anvil", provenance.codeVersion()));
    facts.add(fact("Study file, SHA-256", provenance.studyHash()));
    for (Map.Entry<String, String> pack : provenance.packs().entrySet()) {
      facts.add(fact("Model pack " + pack.getKey(), pack.getValue()));
    }
    for (Map.Entry<String, String> setting : provenance.regressorSettings().entrySet()) {
      facts.add(fact("Regressor, " + setting.getKey(), setting.getValue()));
    }
    return facts;
  }

  private static Html fact(String name, String value) {
    return Html.of("<div><dt>{}</dt><dd><code>{}</code></dd></div>", name, value);
  }
}
