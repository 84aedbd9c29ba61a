package dev.anvil.engine.service;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.engine.outcome.PredictOutcome;
import dev.anvil.engine.outcome.PredictOutcome.Prediction;
import dev.anvil.engine.request.PredictRequest;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.stats.Descriptive;
import dev.anvil.store.Run;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Says how new pictures will do. */
final class PredictService implements Service<PredictRequest, PredictOutcome> {
  private final Parts parts;

  PredictService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Work<PredictOutcome> accept(PredictRequest asked) {
    Run fit = parts.models().fit(asked.model());
    LocalDateTime at = asked.at().orElseGet(() -> Posts.now(Clock.system(ZoneId.systemDefault())));
    List<Post> posts =
        asked.pictures().stream().map(p -> Posts.unposted(p, Optional.of(at), asked.metadata())).toList();
    Inputs inputs = new Inputs();
    inputs.put("model", fit.request().fingerprint());
    inputs.put("pictures", posts.stream().map(p -> p.id() + " " + p.creative()).toList());
    inputs.put("metadata", new TreeMap<>(asked.metadata()));
    inputs.put("at", at);
    return Work.of(
        new PredictRequest(
            Optional.of(fit.id()), asked.pictures(), asked.metadata(), Optional.of(at)),
        Optional.of(inputs),
        PredictOutcome.class,
        (out, context) -> predict(fit, posts, at, out.run(), context));
  }

  private PredictOutcome predict(
      Run fit, List<Post> posts, LocalDateTime at, long run, RunContext context) {
    try (ModelView view = ModelView.open(parts, fit, Optional.empty())) {
      FittedModel model = view.model();
      Matrix features = model.features(view.posts(context).encode(posts, context), posts);
      double[] target = model.regressor().predict(features);
      double[][] refits = new double[model.refits().size()][];
      for (int k = 0; k < refits.length; k++) {
        refits[k] = model.refits().predict(k, features);
      }
      List<Prediction> predictions = new ArrayList<>();
      for (int i = 0; i < target.length; i++) {
        double[] ofPicture = new double[refits.length];
        for (int k = 0; k < refits.length; k++) {
          ofPicture[k] = model.transform().invert(Optional.of(at), refits[k][i]);
        }
        predictions.add(
            new Prediction(
                posts.get(i).picture().toString(),
                target[i],
                model.transform().invert(Optional.of(at), target[i]),
                Descriptive.quantile(ofPicture, 0),
                Descriptive.quantile(ofPicture, 1)));
      }
      return new PredictOutcome(run, fit.id(), model.description().metric(), at, predictions);
    }
  }
}
