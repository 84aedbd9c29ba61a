package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.predict.FeatureSpec;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.ModelFitter;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.XgBoost;
import dev.anvil.store.Run;
import dev.anvil.study.PreparedStudy;
import dev.anvil.study.PreparedStudy.ScoredStudy;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.spec.StudySpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How much of a study's effects survives if what should not matter is changed: which posts are left
 * out together, which posts are learned from, the regressor, the encoder, the editor.
 */
final class Sensitivity {
  /** Fewer refits than a study's: of every change there is a model to be fitted. */
  private static final int REPEATS = 1;

  private static final int FOLDS = 5;

  private final Session session;
  private final Run fit;
  private final Path study;
  private final StudySpec spec;
  private final List<Variation> variations = new ArrayList<>();

  /**
   * The study under one change.
   *
   * @param name what was changed
   * @param effects declared contrasts, in the study's order
   */
  record Variation(String name, List<Effect> effects) {
    /** The same contrast; empty where this variation does not draw it. */
    Optional<Effect> same(Effect effect) {
      return effects.stream().filter(effect::sameContrast).findFirst();
    }
  }

  private Sensitivity(Session session, Path study, StudySpec spec) throws IOException {
    this.session = session;
    this.study = study;
    this.spec = spec;
    this.fit = Studying.model(session, spec);
  }

  /**
   * Runs a study as it is, then under every change.
   *
   * @param encoders packs to fit and run it with too
   * @param studies other study files, with the same factors and levels edited otherwise
   * @return the study as it is first
   */
  static List<Variation> of(
      Session session, Path study, List<EncoderChoice> encoders, List<Path> studies)
      throws IOException {
    Sensitivity sensitivity = new Sensitivity(session, study, Studying.read(study));
    sensitivity.models();
    for (Path other : studies) {
      sensitivity.editor(other);
    }
    for (EncoderChoice encoder : encoders) {
      sensitivity.encoder(encoder);
    }
    return sensitivity.variations;
  }

  /** Everything that goes without looking at pictures again. */
  private void models() throws IOException {
    FittedModel model = FittedModel.load(session.workspace(), fit.id());
    session.follow(model);
    List<Post> posts = Fitting.learned(session.workspace(), fit, model);
    Inputs inputs =
        new Inputs(
            prepared(model, posts),
            posts,
            new CampaignEncoder(
                    session.pipeline(), session.segmentations(), model.description().subject())
                .encode(posts, session.context()),
            Fitting.hashes(session, posts));
    variations.add(new Variation("as it is", inputs.effects(model)));
    boolean trees = !model.description().trainer().equals(Ridge.chosen().name());
    long seed = model.description().seed();
    Trainer same = trees ? XgBoost.light(session.threads(), seed) : Ridge.chosen();
    Trainer other = trees ? Ridge.chosen() : XgBoost.light(session.threads(), seed);
    refit("other folds", inputs, model, same, Seeds.derive(seed, "other folds"));
    List<Inputs> halves = inputs.halves(model, Seeds.derive(seed, "halves"));
    refit("half of the posts", halves.get(0), model, same, seed);
    refit("the other half", halves.get(1), model, same, seed);
    refit(other.name(), inputs, model, other, seed);
  }

  private void refit(String name, Inputs inputs, FittedModel model, Trainer trainer, long seed)
      throws IOException {
    FittedModel.Description description = model.description();
    FittedModel refitted =
        ModelFitter.fit(
                new ModelFitter.Request(
                    description.metric(),
                    model.transform().state().options().kind(),
                    Fitting.request(fit).since(),
                    FeatureSpec.recognised(inputs.posts),
                    trainer,
                    new RefitDesign.Plan(REPEATS, FOLDS, trainer.isQuick() ? 20 : 4, seed)),
                new ModelFitter.Data(
                    inputs.posts,
                    inputs.embeddings,
                    session.encoder().blocks(),
                    inputs.hashes,
                    description.pack(),
                    description.encoder(),
                    description.subject(),
                    description.columns().nuisance()),
                session.context())
            .model();
    variations.add(new Variation(name, inputs.effects(refitted)));
  }

  private void editor(Path other) throws IOException {
    StudySpec read = Studying.read(other);
    if (!read.metric().equals(spec.metric())) {
      throw new InvalidInputException(
          other.toString(),
          "is a study of %s; expected %s".formatted(read.metric(), spec.metric()));
    }
    variations.add(new Variation("editors of " + other.getFileName(), effects(other)));
  }

  private void encoder(EncoderChoice encoder) throws IOException {
    Fitting.Request asked = Fitting.request(fit);
    Fitting.run(
        session,
        new Fitting.Request(
            asked.metric(),
            asked.since(),
            asked.element(),
            false,
            asked.blend(),
            false,
            asked.tones(),
            encoder,
            asked.seed()));
    variations.add(new Variation("encoder " + encoder.text(), effects(study)));
    session.choose(fit.id());
  }

  private List<Effect> effects(Path file) throws IOException {
    return Studying.result(session, Studying.run(session, file)).effects();
  }

  private PreparedStudy prepared(FittedModel model, List<Post> posts) throws IOException {
    return Studying.runner(session, model)
        .prepare(spec, study.toAbsolutePath().getParent(), posts, session.context());
  }

  /** A study's pictures, and posts to learn from. */
  private record Inputs(
      PreparedStudy study, List<Post> posts, float[][] embeddings, long[] hashes) {
    List<Effect> effects(FittedModel model) {
      ScoredStudy scored = study.score(model, posts);
      return scored.corrected(embeddings, scored.inferLabels(embeddings)).effects().stream()
          .filter(e -> !e.placebo())
          .toList();
    }

    /** The same pictures, with either half of the groups of near-duplicates. */
    List<Inputs> halves(FittedModel model, long seed) {
      SplittableRandom random = Seeds.random(seed, "half");
      TreeMap<Integer, Boolean> first = new TreeMap<>();
      model.description().groups().values().forEach(group -> first.put(group, false));
      first.replaceAll((group, is) -> random.nextBoolean());
      return List.of(half(model, first, true), half(model, first, false));
    }

    private Inputs half(FittedModel model, TreeMap<Integer, Boolean> first, boolean which) {
      int[] rows =
          IntStream.range(0, posts.size())
              .filter(i -> first.get(model.description().groups().get(posts.get(i).id())) == which)
              .toArray();
      return new Inputs(
          study,
          IntStream.of(rows).mapToObj(posts::get).toList(),
          IntStream.of(rows).mapToObj(i -> embeddings[i]).toArray(float[][]::new),
          IntStream.of(rows).mapToLong(i -> hashes[i]).toArray());
    }
  }
}
