package dev.anvil.engine.service.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PictureWriter;
import dev.anvil.image.PilResize;
import dev.anvil.report.LabelPage;
import dev.anvil.study.label.KnownLabels;
import dev.anvil.study.label.LabelTable;
import dev.anvil.study.spec.LabelRule;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts the pictures of posts on a page for labelling.
 *
 * @param factor whose levels are chosen from
 * @param posts examples are taken from them
 * @param known levels by post id
 */
record LabelPictures(Factor factor, List<Post> posts, Map<String, String> known) {
  /** Pixels of the longer side. */
  private static final int LARGE = 480;

  private static final int SMALL = 108;
  private static final int EXAMPLES = 3;
  private static final double QUALITY = .8;

  LabelPictures {
    requireNonNull(factor, "factor is null");
    posts = List.copyOf(posts);
    known = Map.copyOf(known);
  }

  /**
   * The page.
   *
   * @param table the label file that there is
   * @param sample posts to ask for
   */
  LabelPage page(StudySpec spec, LabelTable table, List<Post> sample, RunContext context) {
    List<LabelPage.Item> items = new ArrayList<>();
    try (Phase phase = context.start("put pictures on the page", sample.size())) {
      for (Post post : sample) {
        items.add(
            new LabelPage.Item(
                post.id(), post.picture().getFileName().toString(), picture(post, LARGE)));
        phase.step(1);
      }
    }
    Set<String> asked = sample.stream().map(Post::id).collect(Collectors.toSet());
    return new LabelPage(
        spec.name(),
        factor.name(),
        factor.title(),
        factor.levels().keySet().stream().map(level -> level(level, asked)).toList(),
        KnownLabels.OTHER,
        items,
        table.columns(),
        table.rows());
  }

  private LabelPage.Level level(String level, Set<String> asked) {
    return new LabelPage.Level(
        level,
        factor
            .rule(level)
            .filter(rule -> rule.kind() == LabelRule.Kind.COLOUR)
            .map(LabelRule::value)
            .orElse(""),
        posts.stream()
            .filter(post -> level.equals(known.get(post.id())) && !asked.contains(post.id()))
            .limit(EXAMPLES)
            .map(post -> picture(post, SMALL))
            .toList());
  }

  private static String picture(Post post, int side) {
    Picture whole = PictureReader.DEFAULT.read(post.picture(), post.creative());
    double scale = Math.min(1, (double) side / Math.max(whole.width(), whole.height()));
    Picture small =
        scale == 1
            ? whole
            : PilResize.resize(
                whole,
                Math.max(1, (int) Math.round(scale * whole.width())),
                Math.max(1, (int) Math.round(scale * whole.height())),
                PilResize.Filter.LANCZOS);
    return LabelPage.jpeg(PictureWriter.jpeg(small, QUALITY));
  }
}
