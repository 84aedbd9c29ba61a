package dev.anvil.study.starter;

import dev.anvil.segment.Subject;
import java.util.Locale;
import java.util.Optional;

/** Says in a starter study which settings the pictures show. */
final class SettingPart {
  static final String FACTOR = "setting";

  private SettingPart() {}

  static StarterPart none() {
    return StarterPart.none(
        "No settings: the pictures form no clusters by what they look like as a whole.");
  }

  /**
   * The settings.
   *
   * @param plates folder of the plates, relative to the study
   */
  static StarterPart of(
      Subject subject, PictureClusters clusters, SettingLevels settings, String plates) {
    String refused =
        settings.refused().isEmpty()
            ? ""
            : " Left out: %s.".formatted(String.join("; ", settings.refused()));
    if (settings.levels().size() < 2) {
      return StarterPart.none(
          "No settings: two need %d different pictures and %d plates each."
                  .formatted(Enough.PICTURES, SettingPlates.LEAST)
              + refused);
    }
    StringBuilder yaml =
        new StringBuilder(
            """
              %s:
                phrase: %s
                element: background
                editor: background
                reference: average
                seeds: 2
                levels:
            """
                .formatted(
                    FACTOR, Yaml.text("pictures with a %s in {level}".formatted(thing(subject)))));
    for (SettingLevels.Level level : settings.levels()) {
      yaml.append(
          "      %s: {plates: %s} # %d pictures, such as %s\n"
              .formatted(
                  level.name(),
                  Yaml.text("%s/%s-*.png".formatted(plates, file(level.name()))),
                  level.pictures(),
                  Yaml.plain(String.join(", ", level.examples()))));
    }
    return new StarterPart(
        String.format(
                Locale.ROOT,
                "Settings: %d clusters of pictures that look alike as a whole (mean silhouette %.2f). Look"
                    + " at the plates, and give the settings names, here and in the label file, which says"
                    + " of each post which one it shows. A level's effect is that of its cluster: if that"
                    + " is no setting, delete it.",
                clusters.count(),
                clusters.silhouette())
            + refused,
        Optional.of(yaml.toString()));
  }

  /** Stem of the file names of a level's plates. */
  static String file(String level) {
    return level.replace(' ', '-');
  }

  private static String thing(Subject subject) {
    return subject.name().orElse("background");
  }
}
