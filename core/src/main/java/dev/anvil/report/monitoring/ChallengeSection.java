package dev.anvil.report.monitoring;

import dev.anvil.monitor.Challenge;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Table;
import dev.anvil.report.section.VerdictStyle;
import dev.anvil.report.section.Words;

/** Whether fitting again would have helped. */
final class ChallengeSection {
  private ChallengeSection() {}

  static Html of(Challenge found) {
    if (found.posts() == 0) {
      return Html.of(
          "<section id=\"challenge\"><h2>Would a new fit help?</h2><p>There are too few later posts"
              + " to fit again and to compare.</p></section>");
    }
    Table table =
        new Table("Models", "Model", "#Mean squared error")
            .row("in use", Words.decimal(found.inUse()))
            .row("fitted again before each month", Words.decimal(found.challenger()));
    return Html.of(
        """
        <section id="challenge"><h2>Would a new fit help? {}</h2>
        <p>Each of {} was predicted by the model in use, and by one that had also learned from the \
        later posts before it. The error of a month is less by {}{}.</p>
        {}<p class="note">Errors are in training variances of the model in use. A month is one piece of \
        evidence; near-duplicates count as one. The interval holds at any time.</p></section>""",
        pill(found.verdict()),
        Words.count(found.months(), "month") + " (" + Words.count(found.posts(), "post") + ")",
        Words.decimal(found.gain().point()),
        Double.isFinite(found.gain().width())
            ? " (95\u00a0%% interval %s to %s)"
                .formatted(Words.decimal(found.gain().low()), Words.decimal(found.gain().high()))
            : " (too few months for an interval)",
        table.html());
  }

  private static Html pill(Challenge.Verdict verdict) {
    return switch (verdict) {
      case BETTER -> VerdictStyle.pill("helps", "\u25b2", "yes");
      case WORSE -> VerdictStyle.pill("hurts", "\u25bc", "no, it would harm");
      case NOT_RESOLVED -> VerdictStyle.pill("not_resolved", "?", "not resolved");
      case TOO_FEW_POSTS -> VerdictStyle.pill("not_resolved", "?", "too few months");
    };
  }
}
