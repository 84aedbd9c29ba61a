package dev.anvil.study.starter;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.edit.EditRequest;
import dev.anvil.edit.ReplaceBackground;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PictureWriter;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts plates behind the elements of other posts and looks whether these look like posts of the
 * setting then. Only if they do, what the posts of a setting got can be compared with what the edit
 * is expected to get.
 *
 * @param segmentations finds the elements
 * @param subject the main element, which the posts must show
 * @param plates that are tried
 * @param seed of the choice of posts and plates
 */
record PlateTrial(
    SegmentationCache segmentations, Subject subject, SettingPlates plates, long seed) {
  private static final int PICTURES = 16;

  /** A larger element leaves too little of the plate. */
  private static final double LARGEST = .5;

  /** Whether plates make so many pictures look like a setting as label rules have to find. */
  boolean passes(int cluster, List<Picture> made, List<Surveyed> posts, RunContext context) {
    double chance = 1.0 / plates.clusters().count();
    return share(cluster, made, posts, context) >= chance + .5 * (1 - chance);
  }

  private double share(int cluster, List<Picture> made, List<Surveyed> posts, RunContext context) {
    List<Path> files = new ArrayList<>();
    try {
      for (Picture plate : made) {
        Path file = Files.createTempFile("anvil-plate", ".png");
        files.add(file);
        Files.write(file, PictureWriter.png(plate));
      }
      ReplaceBackground editor = new ReplaceBackground(files);
      int right = 0;
      int tried = 0;
      for (Surveyed post : shuffled(posts)) {
        if (tried == PICTURES) {
          break;
        }
        context.checkCancelled();
        Optional<Picture> edited =
            plates.clusters().of(post.whole()) == cluster
                ? Optional.empty()
                : edited(editor, post, context);
        if (edited.isPresent()) {
          tried++;
          right += plates.looksLike(cluster, edited.get(), context) ? 1 : 0;
        }
      }
      return tried == 0 ? 0 : (double) right / tried;
    } catch (IOException e) {
      throw new UncheckedIOException("writing plates to try", e);
    } finally {
      files.forEach(PlateTrial::delete);
    }
  }

  private Optional<Picture> edited(ReplaceBackground editor, Surveyed post, RunContext context) {
    Segmentation elements = segmentations.of(post.post());
    Mask background = elements.find(Segmentation.BACKGROUND).orElseThrow().mask();
    boolean usable = subject.in(elements).isPresent() && 1 - background.coverage() < LARGEST;
    return usable
        ? Optional.of(
            editor
                .edit(
                    new EditRequest(
                        PictureReader.DEFAULT.read(post.post().picture(), post.post().creative()),
                        elements,
                        background,
                        Seeds.derive(seed, "try plates", post.post().id())),
                    context)
                .picture())
        : Optional.empty();
  }

  private List<Surveyed> shuffled(List<Surveyed> posts) {
    return posts.stream()
        .sorted(
            Comparator.comparingLong(post -> Seeds.derive(seed, "plate trial", post.post().id())))
        .toList();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
