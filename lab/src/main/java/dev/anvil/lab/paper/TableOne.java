package dev.anvil.lab.paper;

import static java.util.Objects.requireNonNull;

import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.report.data.EvaluationRow;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A row of the paper's Table I beside what was measured here.
 *
 * @param paper what the paper says
 * @param encoder that stands in for the paper's
 * @param fit of the campaign with that encoder
 */
public record TableOne(Published paper, EncoderChoice encoder, FitOutcome fit) {
  private static final String PAPERS_REGRESSOR = "xgboost-paper";

  /**
   * The paper's three encoders (its Table I), each with the pack that stands in for it here: a CLIP
   * for a CLIP, a ResNet for a ResNet, and the bundled network for the larger CLIP.
   */
  static final List<Published> PUBLISHED =
      List.of(
          new Published("CLIP ViT-B/32", .81, .33, .58, "showroom-clip"),
          new Published("CLIP ViT-L/14", .79, .37, .56, "mobilenet-ssd"),
          new Published("ResNet-200d", .86, .25, .62, "showroom-resnet"));

  /**
   * What the paper reports of an encoder, on its own campaign.
   *
   * @param pack that stands in for it
   */
  public record Published(String encoder, double rmse, double r2, double mae, String pack) {}

  public TableOne {
    requireNonNull(paper, "paper is null");
    requireNonNull(encoder, "encoder is null");
    requireNonNull(fit, "fit is null");
  }

  /** The paper's 1000 trees of depth 7 on its own split, at random. */
  public Optional<EvaluationRow> papersRegressor() {
    return row(name -> name.startsWith(PAPERS_REGRESSOR), "random");
  }

  /** The paper's trees where near-duplicate pictures are kept together. */
  public Optional<EvaluationRow> papersRegressorOnNewPictures() {
    return row(name -> name.startsWith(PAPERS_REGRESSOR), "grouped");
  }

  /** The regressor that Anvil chose, where near-duplicate pictures are kept together. */
  public Optional<EvaluationRow> chosenRegressor() {
    String chosen = fit.report().model().regressor();
    return row(chosen::equals, "grouped");
  }

  private Optional<EvaluationRow> row(Predicate<String> name, String split) {
    return fit.report().model().evaluations().stream()
        .filter(e -> name.test(e.regressor()) && e.split().equals(split))
        .findFirst();
  }
}
