package dev.anvil.study.starter;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.View;
import dev.anvil.image.PerceptualHash;
import dev.anvil.image.Picture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the plates of a setting from its own posts.
 *
 * @param cutter takes away what stands before the backgrounds
 * @param encoder looks at plates as at posts
 * @param clusters of the campaign's pictures
 */
record SettingPlates(PlateCutter cutter, Encoder encoder, PictureClusters clusters) {
  /** With fewer, what is special about one place is taken for the setting. */
  static final int LEAST = 3;

  private static final int MOST = 6;

  /** Posts that are tried; cutting takes about half a second each. */
  private static final int TRIED = 30;

  /** Plates closer than this in their hashes' bits show the same place. */
  private static final int DIFFERENT = 10;

  /**
   * Up to six plates that show different places, look like their setting, and have no element left
   * on them. Of the half of the posts with the smaller elements they are drawn at random, so that
   * they are as mixed as the setting's posts are.
   *
   * @param members posts of the setting
   */
  List<Picture> of(int cluster, List<Surveyed> members, RunContext context) {
    List<Surveyed> candidates =
        members.stream()
            .sorted(Comparator.comparingDouble(post -> cutter.foreground(post.post())))
            .limit((members.size() + 1) / 2)
            .sorted(
                Comparator.comparingLong(
                    post -> Seeds.derive(cutter.seed(), "plate", post.post().id())))
            .limit(TRIED)
            .toList();
    List<Picture> plates = new ArrayList<>();
    List<PerceptualHash> hashes = new ArrayList<>();
    Set<Integer> groups = new HashSet<>();
    for (Surveyed post : candidates) {
      if (plates.size() == MOST || !groups.add(post.group())) {
        continue;
      }
      context.checkCancelled();
      Optional<Picture> plate = cutter.cut(post.post(), context);
      if (plate.isPresent() && looksLike(cluster, plate.get(), context)) {
        PerceptualHash hash = PerceptualHash.of(plate.get());
        if (hashes.stream().allMatch(other -> hash.distance(other) > DIFFERENT)) {
          hashes.add(hash);
          plates.add(plate.get());
        }
      }
    }
    return plates;
  }

  /** Whether a picture would be counted as one of that setting. */
  boolean looksLike(int cluster, Picture picture, RunContext context) {
    float[] row =
        encoder.infer(List.of(encoder.prepare(new View(picture, Optional.empty()))), context)[0];
    return clusters.of(Surveys.whole(row, encoder)) == cluster;
  }
}
