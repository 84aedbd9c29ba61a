package dev.anvil.lab.scorecard;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.lab.Showroom;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.Nuisance;
import dev.anvil.segment.Subject;
import dev.anvil.showroom.Scene;
import dev.anvil.study.PreparedStudy;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that stays the same from world to world.
 *
 * @param scenes base scenes by the id of their posts
 * @param posts of all scenes; their dates and metrics do not matter
 * @param embeddings one row per post
 * @param hashes perceptual hash of each post's picture
 * @param nuisance what is taken out of embeddings
 * @param studies by the name of the method that edits: Anvil's editors, exact counterfactuals
 * @param sentences encodes what posts show in words
 */
public record Bench(
    Map<String, Scene> scenes,
    List<Post> posts,
    float[][] embeddings,
    List<Block> blocks,
    long[] hashes,
    String encoder,
    Subject subject,
    Optional<Nuisance> nuisance,
    Map<String, PreparedStudy> studies,
    Sentences sentences) {

  /**
   * Imports the showroom's campaign, fits its model and makes the pictures of the studies, unless
   * that was done before.
   */
  public static Bench of(
      Anvil anvil, Showroom showroom, ScorecardPlan plan, Sentences sentences, RunContext context)
      throws IOException {
    anvil.run(showroom.importing(), context);
    ScorecardSpec spec = plan.spec();
    FitRequest fitting = showroom.fitting(spec.encoder(), spec.segmenter());
    long fit = anvil.run(fitting, context).run();
    try (ModelView view = anvil.view(Optional.of(fit))) {
      List<Post> posts = view.campaign().posts();
      Map<String, PreparedStudy> studies = new LinkedHashMap<>();
      plan.studies()
          .forEach((method, study) -> studies.put(method, anvil.prepare(view, study, context)));
      FittedModel.Description model = view.model().description();
      Map<String, Scene> scenes = new LinkedHashMap<>();
      showroom.baseScenes().forEach(scene -> scenes.put(scene.id(), scene));
      return new Bench(
          scenes,
          posts,
          view.posts(context).encode(posts, context),
          view.encoder().blocks(),
          anvil.hashes(posts, context),
          view.encoder().id(),
          model.subject(),
          model.columns().nuisance(),
          studies,
          sentences);
    }
  }
}
