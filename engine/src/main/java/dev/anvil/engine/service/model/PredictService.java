package dev.anvil.engine.service.model;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.ColumnMatch;
import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoded;
import dev.anvil.engine.outcome.PredictOutcome;
import dev.anvil.engine.outcome.PredictOutcome.Likeness;
import dev.anvil.engine.outcome.PredictOutcome.Prediction;
import dev.anvil.engine.request.PredictRequest;
import dev.anvil.engine.service.campaign.PictureNotices;
import dev.anvil.engine.service.campaign.Posts;
import dev.anvil.engine.service.run.Inputs;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.RunFolder;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.predict.FeatureSpec.Features;
import dev.anvil.predict.FittedModel;
import dev.anvil.report.data.ModelResult;
import dev.anvil.report.data.ModelResult.Coverage;
import dev.anvil.store.Run;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Says how new pictures will do. */
public final class PredictService implements Service<PredictRequest, PredictOutcome> {
  private final Parts parts;

  public PredictService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Work<PredictOutcome> accept(PredictRequest asked) {
    Run fit = parts.models().fit(asked.model());
    Campaign campaign = FitService.campaign(parts.artefacts(fit.id()));
    Optional<LocalDateTime> at = at(asked, campaign);
    Map<String, String> metadata = metadata(asked.metadata(), campaign);
    List<Post> posts = asked.pictures().stream().map(p -> Posts.unposted(p, at, metadata)).toList();
    Inputs inputs = new Inputs();
    inputs.put("model", fit.request().fingerprint());
    inputs.put("pictures", posts.stream().map(p -> p.id() + " " + p.creative()).toList());
    inputs.put("metadata", metadata);
    inputs.put("at", at.map(Object::toString).orElse("never"));
    asked.usual().ifPresent(level -> inputs.put("usual", level));
    return Work.of(
        new PredictRequest(Optional.of(fit.id()), asked.pictures(), metadata, at, asked.usual()),
        Optional.of(inputs),
        PredictOutcome.class,
        (out, context) -> predict(fit, posts, at, asked.usual(), out.run(), context));
  }

  private static Optional<LocalDateTime> at(PredictRequest asked, Campaign campaign) {
    if (campaign.isDated()) {
      return asked.at().or(campaign::last);
    }
    if (asked.at().isPresent()) {
      throw new InvalidInputException(
          "--at",
          "found %s; the posts of \"%s\" have no dates, so a prediction is of no date; expected none"
              .formatted(asked.at().get(), campaign.name()));
    }
    return Optional.empty();
  }

  /** Values by the campaign's own names of columns. */
  private static Map<String, String> metadata(Map<String, String> asked, Campaign campaign) {
    Set<String> columns =
        campaign.posts().stream()
            .flatMap(
                p -> Stream.concat(p.metadata().keySet().stream(), p.metrics().keySet().stream()))
            .collect(Collectors.toSet());
    Map<String, String> named = new TreeMap<>();
    asked.forEach((name, value) -> named.put(ColumnMatch.require("--set", name, columns), value));
    return named;
  }

  private PredictOutcome predict(
      Run fit,
      List<Post> asked,
      Optional<LocalDateTime> at,
      Optional<Double> usual,
      long run,
      RunContext context) {
    RunFolder ofFit = parts.artefacts(fit.id());
    ModelResult measured = FitService.report(ofFit).model();
    Optional<ExposedRate> rate =
        FitService.exposure(ofFit).map(e -> ExposedRate.of(e, asked.get(0)));
    Support support = ofFit.get(Support.NAME, Support.class);
    try (ModelView view = ModelView.open(parts, fit, Optional.empty())) {
      FittedModel model = view.model();
      Encoded encoded = view.posts(context).encodeEach(asked, context);
      List<Post> posts = encoded.presentOf(asked);
      if (posts.isEmpty()) {
        throw new InvalidInputException(encoded.problems());
      }
      float[][] embeddings = encoded.present();
      Features features = model.description().columns().encode(embeddings, posts);
      double[] target = model.regressor().predict(model.features(embeddings, posts));
      Optional<AccountScale> account = AccountScale.of(model, posts.get(0), usual);
      Optional<Coverage> coverage =
          model.accounts().isPresent() && model.usual(posts.get(0)).isEmpty()
              ? measured.newAccounts()
              : measured.coverage();
      List<Likeness> likenesses = support.of(view, posts, embeddings, context);
      List<Prediction> predictions = new ArrayList<>();
      for (int i = 0; i < target.length; i++) {
        double own = target[i];
        boolean claimed = !likenesses.get(i).unlike();
        predictions.add(
            new Prediction(
                posts.get(i).picture().toString(),
                1 + (int) DoubleStream.of(target).filter(other -> other > own).count(),
                own,
                AccountScale.on(account, model.transform().expected(at, own)),
                coverage
                    .filter(c -> claimed)
                    .map(
                        c ->
                            AccountScale.on(
                                account,
                                c.around(
                                    own,
                                    model.transform(),
                                    at,
                                    rate.map(ExposedRate::weight).orElse(1.0)))),
                likenesses.get(i)));
      }
      List<String> notes = new ArrayList<>();
      encoded.problems().forEach(problem -> notes.add("Left out " + problem));
      notes.addAll(PictureNotices.of(posts));
      coverage.ifPresent(c -> say(c, notes));
      notes.addAll(
          PredictNotes.of(model.description().columns(), posts.get(0), features.unseen().keySet()));
      Set<String> used = new HashSet<>();
      model.description().columns().metadata().forEach(column -> used.add(column.name()));
      model.accounts().ifPresent(a -> used.add(a.column()));
      FitService.exposure(ofFit).ifPresent(e -> used.add(e.column()));
      notes.addAll(PredictNotes.ofUnused(posts.get(0).metadata().keySet(), used));
      notes.addAll(PredictNotes.ofTime(view.campaign().first(), view.campaign().last(), at));
      rate.ifPresent(r -> notes.addAll(r.notes(predictions)));
      account.ifPresent(scale -> notes.add(scale.note(model.description().metric())));
      return new PredictOutcome(
          run,
          fit.id(),
          model.description().metric(),
          at,
          support.posts().size(),
          notes,
          predictions,
          account.map(AccountScale::account));
    }
  }

  private static void say(Coverage coverage, Collection<String> notes) {
    if (coverage.fellShort()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "The %.0f %% intervals held only %.0f %% of the %d %s when the model was fitted.",
              100 * coverage.aim(),
              100 * coverage.achieved(),
              coverage.posts(),
              coverage.newest() ? "newest posts" : "posts"));
    }
  }
}
