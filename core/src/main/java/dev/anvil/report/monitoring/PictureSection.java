package dev.anvil.report.monitoring;

import dev.anvil.monitor.ElementChange;
import dev.anvil.monitor.Evidence;
import dev.anvil.monitor.PictureChange;
import dev.anvil.monitor.PictureChange.Picture;
import dev.anvil.monitor.PictureDrift;
import dev.anvil.report.data.Thumbnail;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Table;
import dev.anvil.report.section.VerdictStyle;
import dev.anvil.report.section.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether new pictures are of another kind, and which. */
final class PictureSection {
  /** Elements that are listed; those that changed are all. */
  private static final int MOST_ELEMENTS = 12;

  private PictureSection() {}

  static Html of(Evidence found, Map<String, Thumbnail> thumbnails) {
    PictureChange pictures = found.pictures();
    if (pictures.drift().isEmpty() && pictures.elements().isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        """
        <section id="pictures"><h2>Have the pictures changed?</h2>
        {}{}{}{}</section>""",
        pictures.drift().map(drift -> test(drift, pictures.alarm())).orElse(Html.NONE),
        strip("New pictures that are least like those learned from", pictures.unlike(), thumbnails),
        strip("Old pictures that are least like the new ones", pictures.leftBehind(), thumbnails),
        elements(pictures.elements()));
  }

  private static Html test(PictureDrift drift, boolean alarm) {
    return Html.of(
        """
        <p>{} The pictures of {} are compared with those of {}. New pictures are told from old \
        ones with an AUC of {} (0.5: not at all). A difference as large as this has p = {} when {} \
        are permuted.</p>""",
        alarm
            ? VerdictStyle.pill("hurts", "!", "another kind")
            : VerdictStyle.pill("passed", "\u2713", "no alarm"),
        Words.count(drift.newMonths(), "new month"),
        Words.count(drift.months() - drift.newMonths(), "month") + " learned from",
        Words.decimal(drift.auc()),
        Words.probability(drift.p()),
        drift.block() == 1
            ? "whole months"
            : "blocks of %d months, since months in a row are alike,".formatted(drift.block()));
  }

  private static Html strip(
      String title, List<Picture> pictures, Map<String, Thumbnail> thumbnails) {
    if (pictures.isEmpty()) {
      return Html.NONE;
    }
    List<Html> frames = new ArrayList<>();
    for (Picture picture : pictures) {
      Optional.ofNullable(thumbnails.get(picture.post()))
          .ifPresent(
              small ->
                  frames.add(
                      Html.of(
                          "<li><img src=\"{}\" alt=\"{}\"><span>{}</span></li>",
                          small.dataUri(),
                          picture.file(),
                          picture.file())));
    }
    return Html.of(
        "<div class=\"strip\"><p>{}</p><ol tabindex=\"0\" aria-label=\"{}\">{}</ol></div>",
        title,
        title,
        Html.join(frames));
  }

  private static Html elements(List<ElementChange> changes) {
    List<ElementChange> shown = new ArrayList<>(changes);
    if (shown.size() > MOST_ELEMENTS) {
      shown.removeIf(c -> !c.changed() && c.before() < .02 && c.after() < .02);
    }
    if (shown.isEmpty()) {
      return Html.NONE;
    }
    Table table =
        new Table("Elements", "Element", "#Before", "#Now", "#Change", "More than chance?");
    for (ElementChange change : shown) {
      table.row(
          change.element(),
          Words.percent(change.before()),
          Words.percent(change.after()),
          Html.of(
              "<b>{}</b> <span class=\"range\">{}</span>",
              Words.points(change.change().point()),
              Double.isFinite(change.change().low())
                  ? "%s to %s"
                      .formatted(
                          Words.points(change.change().low()), Words.points(change.change().high()))
                  : ""),
          !change.changed()
              ? VerdictStyle.pill("not_resolved", "?", "not shown")
              : change.change().point() > 0
                  ? VerdictStyle.pill("helps", "\u25b2", "commoner")
                  : VerdictStyle.pill("hurts", "\u25bc", "rarer"));
    }
    return Html.of(
        """
        <h3>What the pictures show</h3>{}
        <p class="note">Share of pictures with each element, as the segmenter finds it. Changes are in \
        percentage points, with 95\u00a0% intervals by months.</p>""",
        table.html());
  }
}
