package dev.anvil.study.starter;

import static java.util.Objects.requireNonNull;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoder;
import dev.anvil.image.Cutout;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PictureWriter;
import dev.anvil.segment.Element;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Subject;
import dev.anvil.study.label.KnownLabels;
import dev.anvil.study.label.LabelFinder;
import dev.anvil.study.label.LabelTable;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a first study from what a campaign's pictures show: the colours of the main element, the
 * settings, and what stands beside it, each level shown by enough posts to be corrected.
 */
public final class StarterStudy {
  private static final long SEED = 1;
  private static final int LEAST_FIGURES = 3;
  private static final int MOST_FIGURES = 8;

  private final SegmentationCache segmentations;
  private final LabelFinder labels;
  private final Encoder encoder;

  /**
   * A maker of starter studies.
   *
   * @param labels finds the colours of main elements
   * @param encoder of the model, which looks at plates too
   */
  public StarterStudy(SegmentationCache segmentations, LabelFinder labels, Encoder encoder) {
    this.segmentations = requireNonNull(segmentations, "segmentations is null");
    this.labels = requireNonNull(labels, "labels is null");
    this.encoder = requireNonNull(encoder, "encoder is null");
  }

  /**
   * What a starter study is made from.
   *
   * @param metric of the model
   * @param subject the model's main element
   * @param posts of the campaign
   * @param embeddings one row per post
   * @param groups group of near-duplicates by post id, of the posts that the model learned from
   */
  public record Campaign(
      String metric,
      Subject subject,
      List<Post> posts,
      float[][] embeddings,
      Map<String, Integer> groups) {
    public Campaign {
      requireNonNull(metric, "metric is null");
      requireNonNull(subject, "subject is null");
      posts = List.copyOf(posts);
      groups = Map.copyOf(groups);
    }
  }

  /** Writes the study with its plates, figures and labels; files must not be there yet. */
  public void write(Campaign campaign, StarterFiles files, RunContext context) {
    files.checkFree();
    List<Surveyed> learned = new ArrayList<>();
    for (int i = 0; i < campaign.posts().size(); i++) {
      Post post = campaign.posts().get(i);
      Integer group = campaign.groups().get(post.id());
      if (group != null) {
        learned.add(new Surveyed(post, group, Surveys.whole(campaign.embeddings()[i], encoder)));
      }
    }
    List<StarterPart> parts = new ArrayList<>();
    parts.add(colours(campaign.subject(), learned, context));
    parts.add(settings(campaign, learned, files, context));
    parts.add(companion(campaign.subject(), learned, files, context));
    boolean labelled = Files.exists(files.labels());
    files.writeStudy(
        StarterText.of(
            new StarterText.Head(
                campaign.metric(),
                campaign.subject(),
                learned.size(),
                Surveyed.pictures(learned),
                labelled ? Optional.of(files.labels().getFileName().toString()) : Optional.empty()),
            parts));
  }

  private StarterPart colours(Subject subject, List<Surveyed> posts, RunContext context) {
    if (!ColourPart.canPaint(subject)) {
      return ColourPart.none(subject);
    }
    List<ColourLevels.Painted> painted = new ArrayList<>();
    try (Phase phase = context.start("look at colours", posts.size())) {
      for (Surveyed post : posts) {
        labels
            .paint(post.post(), subject.labels())
            .ifPresent(paint -> painted.add(new ColourLevels.Painted(paint, post.group())));
        phase.step(1);
      }
    }
    return ColourPart.of(subject, ColourLevels.of(painted));
  }

  private StarterPart settings(
      Campaign campaign, List<Surveyed> learned, StarterFiles files, RunContext context) {
    Map<Integer, float[]> different = new LinkedHashMap<>();
    learned.forEach(post -> different.putIfAbsent(post.group(), post.whole()));
    Optional<PictureClusters> found =
        PictureClusters.of(different.values().toArray(float[][]::new), SEED);
    if (found.isEmpty()) {
      return SettingPart.none();
    }
    PictureClusters clusters = found.get();
    SettingPlates plates =
        new SettingPlates(
            new PlateCutter(segmentations, campaign.subject(), SEED), encoder, clusters);
    SettingLevels settings =
        SettingLevels.of(
            learned, new PlateTrial(segmentations, campaign.subject(), plates, SEED), context);
    if (settings.levels().size() > 1) {
      for (SettingLevels.Level level : settings.levels()) {
        for (int i = 0; i < level.plates().size(); i++) {
          StarterFiles.write(
              files.plates().resolve("%s-%s.png".formatted(SettingPart.file(level.name()), i + 1)),
              PictureWriter.png(level.plates().get(i)));
        }
      }
      Map<String, String> shown = new LinkedHashMap<>();
      for (int i = 0; i < campaign.posts().size(); i++) {
        int cluster = clusters.of(Surveys.whole(campaign.embeddings()[i], encoder));
        shown.put(
            campaign.posts().get(i).id(),
            settings.names().getOrDefault(cluster, KnownLabels.OTHER));
      }
      LabelTable.of(SettingPart.FACTOR, shown).write(files.labels());
    }
    return SettingPart.of(
        campaign.subject(), clusters, settings, files.plates().getFileName().toString());
  }

  private StarterPart companion(
      Subject subject, List<Surveyed> posts, StarterFiles files, RunContext context) {
    Optional<Companion> found = Companion.find(posts, segmentations, subject, context);
    if (found.isEmpty()) {
      return CompanionPart.none();
    }
    Companion companion = found.get();
    List<Cutout> figures =
        companion.canBeCorrected() && companion.place().isPresent()
            ? figures(companion)
            : List.of();
    Optional<String> pattern = Optional.empty();
    if (figures.size() >= LEAST_FIGURES) {
      for (int i = 0; i < figures.size(); i++) {
        StarterFiles.write(
            files.figures().resolve("figure-%s.png".formatted(i + 1)),
            PictureWriter.png(figures.get(i)));
      }
      pattern = Optional.of(files.figures().getFileName() + "/*.png");
    }
    return CompanionPart.of(companion, subject, pattern);
  }

  /** Of different pictures, the largest first, since their outlines are the best. */
  private List<Cutout> figures(Companion companion) {
    Set<Integer> groups = new HashSet<>();
    List<Cutout> figures = new ArrayList<>();
    for (Companion.Seen seen : companion.largestWhole()) {
      Post post = seen.post().post();
      if (figures.size() < MOST_FIGURES && groups.add(seen.post().group())) {
        Element element = segmentations.of(post).find(companion.label()).orElseThrow();
        figures.add(
            FigureCutter.cut(PictureReader.DEFAULT.read(post.picture(), post.creative()), element));
      }
    }
    return figures;
  }
}
