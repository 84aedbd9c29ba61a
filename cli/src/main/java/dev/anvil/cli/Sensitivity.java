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
import dev.anvil.study.PreparedStudy;
import dev.anvil.study.PreparedStudy.Judged;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.store.Run;
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
  private final List<Varied> varied = new ArrayList<>();

  /**
   * The study under one change.
   *
   * @param name what was changed
   * @param effects declared contrasts, in the study's order
   */
  record Varied(String name, List<Effect> effects) {
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
  static List<Varied> of(
      Session session, Path study, List<EncoderChoice> encoders, List<Path> studies)
      throws IOException {
    Sensitivity sensitivity = new Sensitivity(session, study, StudyFile.read(study));
    sensitivity.models();
    for (Path other : studies) {
      sensitivity.editor(other);
    }
    for (EncoderChoice encoder : encoders) {
      sensitivity.encoder(encoder);
    }
    return sensitivity.varied;
  }

  /** Everything that goes without looking at pictures again. */
  private void models() throws IOException {
    FittedModel model = FittedModel.load(session.workspace(), fit.id());
    session.follow(model);
    List<Post> posts = Fitting.learned(session.workspace(), fit, model);
    Looked looked =
        new Looked(
            prepared(model, posts),
            posts,
            new CampaignEncoder(
                    session.pipeline(), session.segmentations(), model.description().subject())
                .encode(posts, session.context()),
            Fitting.hashes(session, posts));
    varied.add(new Varied("as it is", looked.effects(model)));
    boolean trees = !model.description().trainer().equals(Ridge.chosen().name());
    long seed = model.description().seed();
    Trainer same = trees ? XgBoost.light(session.threads(), seed) : Ridge.chosen();
    Trainer other = trees ? Ridge.chosen() : XgBoost.light(session.threads(), seed);
    refit("other folds", looked, model, same, Seeds.derive(seed, "other folds"));
    List<Looked> halves = looked.halves(model, Seeds.derive(seed, "halves"));
    refit("half of the posts", halves.get(0), model, same, seed);
    refit("the other half", halves.get(1), model, same, seed);
    refit(other.name(), looked, model, other, seed);
  }

  private void refit(String name, Looked looked, FittedModel model, Trainer trainer, long seed)
      throws IOException {
    FittedModel.Description description = model.description();
    FittedModel refitted =
        ModelFitter.fit(
                new ModelFitter.Request(
                    description.metric(),
                    model.transform().state().options().kind(),
                    Fitting.request(fit).since(),
                    FeatureSpec.recognised(looked.posts),
                    trainer,
                    new RefitDesign.Plan(REPEATS, FOLDS, trainer.isQuick() ? 20 : 4, seed)),
                new ModelFitter.Data(
                    looked.posts,
                    looked.embeddings,
                    session.encoder().blocks(),
                    looked.hashes,
                    description.pack(),
                    description.encoder(),
                    description.subject(),
                    description.columns().nuisance()),
                session.context())
            .model();
    varied.add(new Varied(name, looked.effects(refitted)));
  }

  private void editor(Path other) throws IOException {
    StudySpec read = StudyFile.read(other);
    if (!read.metric().equals(spec.metric())) {
      throw new InvalidInputException(
          other.toString(),
          "is a study of %s; expected %s".formatted(read.metric(), spec.metric()));
    }
    varied.add(new Varied("editors of " + other.getFileName(), effects(other)));
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
    varied.add(new Varied("encoder " + encoder.text(), effects(study)));
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
  private record Looked(
      PreparedStudy study, List<Post> posts, float[][] embeddings, long[] hashes) {
    List<Effect> effects(FittedModel model) {
      Judged judged = study.judge(model, posts);
      return judged.corrected(embeddings, judged.found(embeddings)).effects().stream()
          .filter(e -> !e.placebo())
          .toList();
    }

    /** The same pictures, with either half of the groups of near-duplicates. */
    List<Looked> halves(FittedModel model, long seed) {
      SplittableRandom random = Seeds.random(seed, "half");
      TreeMap<Integer, Boolean> first = new TreeMap<>();
      model.description().groups().values().forEach(group -> first.put(group, false));
      first.replaceAll((group, is) -> random.nextBoolean());
      return List.of(half(model, first, true), half(model, first, false));
    }

    private Looked half(FittedModel model, TreeMap<Integer, Boolean> first, boolean which) {
      int[] rows =
          IntStream.range(0, posts.size())
              .filter(i -> first.get(model.description().groups().get(posts.get(i).id())) == which)
              .toArray();
      return new Looked(
          study,
          IntStream.of(rows).mapToObj(posts::get).toList(),
          IntStream.of(rows).mapToObj(i -> embeddings[i]).toArray(float[][]::new),
          IntStream.of(rows).mapToLong(i -> hashes[i]).toArray());
    }
  }
}
