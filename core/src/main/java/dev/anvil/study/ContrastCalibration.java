package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.predict.Planter;
import dev.anvil.study.design.Source;
import dev.anvil.study.effect.Differences;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.plant.Calibration;
import dev.anvil.study.plant.Planting;
import dev.anvil.study.plant.Planting.Characteristic;
import dev.anvil.study.spec.LabelRule;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.List;
import java.util.function.Predicate;

/**
 * Calibrates contrasts by planting effects in posts that are known to show a level.
 *
 * @param planter of the model that is judged
 * @param posts that it was fitted to
 * @param pictures with the model's columns
 */
record ContrastCalibration(
    Planter planter, Planting planting, List<Post> posts, StudyPictures pictures) {
  ContrastCalibration {
    requireNonNull(planter, "planter is null");
    requireNonNull(planting, "planting is null");
    posts = List.copyOf(posts);
    requireNonNull(pictures, "pictures is null");
  }

  /**
   * Calibrates one contrast.
   *
   * @param shows which posts have what is planted
   */
  Calibration of(Differences contrast, Factor factor, Predicate<Post> shows, RunContext context) {
    boolean[] onPosts = planter.plantable();
    for (int i = 0; i < onPosts.length; i++) {
      onPosts[i] &= shows.test(posts.get(i));
    }
    List<Source> sources = pictures.sources();
    boolean[] onSources = new boolean[sources.size()];
    for (int i = 0; i < onSources.length; i++) {
      onSources[i] = shows.test(sources.get(i).post());
    }
    return planting.calibrate(
        contrast,
        new Characteristic(
            factor,
            contrast.level(),
            LabelRule.where(factor.name(), contrast.level()),
            onPosts,
            onSources),
        context);
  }
}
