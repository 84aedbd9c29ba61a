package dev.anvil.study.starter;

import dev.anvil.segment.Subject;
import dev.anvil.study.spec.StudySchema;
import java.util.List;
import java.util.Optional;

/** The text of a starter study. */
final class StarterText {
  private StarterText() {}

  /**
   * What a starter study begins with.
   *
   * @param metric the metric of the model
   * @param subject the model's main element
   * @param posts that the model learned from
   * @param pictures how many different pictures these have
   * @param labelFile beside the study, with what is known of posts
   */
  record Head(
      String metric, Subject subject, int posts, int pictures, Optional<String> labelFile) {}

  /**
   * YAML that {@code StudyFile} reads, and that code editors complete where {@link
   * StudySchema#FILE} lies beside it.
   *
   * @param parts without any factor, the background is blurred, so that there is something to run
   */
  static String of(Head head, List<StarterPart> parts) {
    StringBuilder yaml =
        new StringBuilder(
            """
            # yaml-language-server: $schema=%s
            # A first study, made from %d posts with %d different pictures. Edit it: names, levels,
            # sources; docs/study.md explains every field. A level is listed if at least %d different
            # pictures show it: with fewer its effect could not be corrected.
            anvil: study/1
            name: %s
            metric: %s
            seed: 1
            smallest_effect: 0.05
            """
                .formatted(
                    StudySchema.FILE,
                    head.posts(),
                    head.pictures(),
                    Enough.PICTURES,
                    Yaml.text("What drives " + head.metric()),
                    Yaml.text(head.metric())));
    head.labelFile().ifPresent(file -> yaml.append("label_file: %s\n".formatted(Yaml.text(file))));
    yaml.append(sources(head.subject())).append("factors:\n");
    for (StarterPart part : parts) {
      yaml.append(Yaml.comment(part.comment()));
      part.factor().ifPresent(yaml::append);
    }
    if (parts.stream().noneMatch(part -> part.factor().isPresent())) {
      yaml.append(
          """
            # Nothing above has enough pictures. A blurred background can be tried on any picture, but
            # its effect is the model's alone: it is not corrected, and probably too small.
            background:
              element: background
              editor: blur
              levels:
                blurred: {target: element, sigma: 0.01}
          """);
    }
    return yaml.append(
            """
            placebos:
              slight tone:
                element: picture
                editor: tone
                levels:
                  warm: {colour: "#d08040", strength: 0.05}
            """)
        .toString();
  }

  private static String sources(Subject subject) {
    return subject.labels().isEmpty()
        ? "sources: {element: background, max_coverage: 1, count: 40}\n"
        : "sources: {element: %s, count: 40}\n".formatted(Yaml.list(subject.labels()));
  }
}
