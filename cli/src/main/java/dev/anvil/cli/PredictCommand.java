package dev.anvil.cli;

import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.stats.Descriptive;
import dev.anvil.store.Run;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "predict",
    description = {
      "Say how new pictures will do if they are posted now.",
      "The range is that of the refits; how single posts scatter is in the report."
    })
final class PredictCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(arity = "1..*", paramLabel = "PICTURE", description = "Pictures to score.")
  List<Path> pictures;

  @Option(
      names = "--set",
      paramLabel = "COLUMN=VALUE",
      description = "Metadata of the posts, such as channel=instagram.")
  Map<String, String> metadata = Map.of();

  /**
   * A prediction.
   *
   * @param target in training standard deviations
   * @param metric on the metric's own scale
   * @param low lowest of the refits
   * @param high highest of the refits
   */
  record Prediction(String picture, double target, double metric, double low, double high) {}

  @Override
  public Integer call() throws Exception {
    try (Session session = Session.open(common)) {
      Run fit = session.model();
      FittedModel model = FittedModel.load(session.workspace(), fit.id());
      session.follow(fit);
      session.follow(model);
      LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MINUTES);
      List<Post> posts = new ArrayList<>();
      for (Path picture : pictures) {
        String creative = Sha256.of(picture);
        posts.add(new Post(picture.toString(), creative, picture, now, Map.of(), metadata));
      }
      float[][] embeddings =
          new CampaignEncoder(
                  session.pipeline(), session.segmentations(), model.description().subject())
              .encode(posts, session.context());
      List<Prediction> predictions = predictions(model, model.features(embeddings, posts), now);
      StringBuilder text = new StringBuilder();
      for (Prediction p : predictions) {
        text.append(
            String.format(
                Locale.ROOT,
                "%s: %.0f %s expected (refits %.0f to %.0f)%n",
                p.picture(),
                p.metric(),
                model.description().metric(),
                p.low(),
                p.high()));
      }
      common.print(predictions, text.toString().stripTrailing());
      return 0;
    }
  }

  private List<Prediction> predictions(FittedModel model, Matrix features, LocalDateTime now) {
    double[] target = model.regressor().predict(features);
    double[][] refits = new double[model.refits().size()][];
    for (int k = 0; k < refits.length; k++) {
      refits[k] = model.refits().predict(k, features);
    }
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < target.length; i++) {
      double[] ofPicture = new double[refits.length];
      for (int k = 0; k < refits.length; k++) {
        ofPicture[k] = model.transform().invert(now, refits[k][i]);
      }
      predictions.add(
          new Prediction(
              pictures.get(i).toString(),
              target[i],
              model.transform().invert(now, target[i]),
              Descriptive.quantile(ofPicture, 0),
              Descriptive.quantile(ofPicture, 1)));
    }
    return predictions;
  }
}
