package dev.anvil.cli;

import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.engine.outcome.TagBaselines;
import dev.anvil.engine.request.BundledPack;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.engine.request.FitColumns;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.SegmenterChoice;
import dev.anvil.predict.AccountSummary;
import dev.anvil.report.data.ModelResult;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "fit",
    description = {
      "Segment and encode the pictures, fit the model and report how well it predicts."
    })
final class FitCommand implements Callable<Integer> {
  private static final String NO_GROUP = "none";

  @Mixin Common common;

  @Mixin SegmenterOptions segmenter;

  @Option(
      names = "--campaign",
      paramLabel = "NAME",
      description = "Campaign to fit (default: the one imported last).")
  Optional<String> campaign = Optional.empty();

  @Option(names = "--metric", paramLabel = "NAME", description = "Metric (default: the first).")
  Optional<String> metric = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "DATE",
      description =
          "Exclude earlier posts (the ramp-up) from the fit (default: a suggested" + " date).")
  Optional<LocalDate> since = Optional.empty();

  @Option(
      names = "--element",
      paramLabel = "LABEL",
      split = ",",
      description = "Labels of the main element (default: the most frequent).")
  List<String> element = List.of();

  @Option(
      names = "--paper",
      description = "Also evaluate the paper's 1000 trees of depth 7; takes minutes.")
  boolean paper;

  @Option(
      names = "--blend",
      description = "Also evaluate a blend of ridge and trees; takes minutes.")
  boolean blend;

  @Option(
      names = "--baselines",
      description =
          "Also evaluate a random forest, an MLP and regressors on tags alone, and report the"
              + " effects of tags; takes minutes.")
  boolean baselines;

  @Option(
      names = "--tones",
      description =
          "Keep colour casts of whole pictures. By default they are projected out of"
              + " the embeddings, so that the model does not mistake them for settings.")
  boolean tones;

  @Option(
      names = "--encoder",
      paramLabel = "PACK",
      split = ",",
      description =
          "Model pack whose encoder is used (default: ${DEFAULT-VALUE}); with several,"
              + " each is fitted and compared. PACK:scores uses a classifier's scores.",
      defaultValue = BundledPack.NAME)
  List<String> encoders;

  @Option(
      names = "--group",
      paramLabel = "COLUMN",
      description =
          "Column that names the account, brand or advertiser of each post"
              + " (docs/groups.md). The metric is then relative to the usual level of each."
              + " \"none\": all posts are of one account.")
  Optional<String> group = Optional.empty();

  @Option(
      names = "--features",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "Columns to learn from beside the picture, or none (default: numbers and"
              + " columns of few values that are known before posting; fit prints them). Case"
              + " and accents do not matter.")
  List<String> features = List.of();

  @Option(
      names = "--per",
      paramLabel = "COLUMN",
      description =
          "Learn the metric per exposure, such as clicks per impressions; posts with"
              + " little exposure count less. Case and accents do not matter.")
  Optional<String> per = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the random numbers.")
  long seed = 1;

  @Override
  public Integer call() throws Exception {
    Set<FitRequest.Option> options = EnumSet.noneOf(FitRequest.Option.class);
    add(options, paper, FitRequest.Option.PAPER);
    add(options, blend, FitRequest.Option.BLEND);
    add(options, baselines, FitRequest.Option.BASELINES);
    add(options, tones, FitRequest.Option.TONES);
    try (Anvil anvil = common.open()) {
      List<EncoderChoice> choices = encoders.stream().map(EncoderChoice::parse).distinct().toList();
      for (EncoderChoice encoder : choices) {
        anvil.networks().encoder(encoder).close(); // refused now, not after the fits before it
      }
      List<FitOutcome> fits = new ArrayList<>();
      for (EncoderChoice encoder : choices) {
        fits.add(
            common.run(
                anvil,
                new FitRequest(
                    campaign,
                    metric,
                    since.map(LocalDate::atStartOfDay),
                    element,
                    options,
                    encoder,
                    segmenter.choice().orElse(SegmenterChoice.BUNDLED),
                    seed,
                    group.filter(column -> !column.equalsIgnoreCase(NO_GROUP)),
                    columns())));
      }
      fits.forEach(this::tellLeftOut);
      print(anvil, fits);
      return 0;
    }
  }

  private void tellLeftOut(FitOutcome fit) {
    fit.leftOut()
        .forEach(
            problem ->
                common
                    .spec
                    .commandLine()
                    .getErr()
                    .println("anvil: %s left out %s".formatted(fit.encoder(), problem)));
  }

  private FitColumns columns() {
    return new FitColumns(
        features.isEmpty()
            ? Optional.empty()
            : Optional.of(features.equals(List.of("none")) ? List.of() : features),
        per);
  }

  private static void add(Set<FitRequest.Option> options, boolean asked, FitRequest.Option option) {
    if (asked) {
      options.add(option);
    }
  }

  /** Prints the fits; the best of them is used from now on. */
  private void print(Anvil anvil, List<FitOutcome> fits) throws IOException {
    List<EncoderTable.Row> rows = fits.stream().map(EncoderTable.Row::of).toList();
    EncoderTable.Row used = EncoderTable.best(rows);
    anvil.choose(used.run());
    Optional<TagBaselines> tags = fits.get(0).baselines();
    String ofTags =
        tags.isPresent() ? BaselineTables.write(tags.get(), anvil.settings().workspace()) : "";
    if (rows.size() == 1) {
      FitOutcome fit = fits.get(0);
      String next = FitPage.next(fit, columns(), anvil.campaign(campaign).advice());
      common.print(
          FitPage.json(fit, next),
          FitPage.text(fit, table(used.model()) + ofTags, next) + ofGroups(anvil, fit));
    } else {
      common.print(
          Map.of("fits", rows, "used", used.run()),
          "%s%n%s".formatted(fits.get(0).summary().learned(), EncoderTable.text(rows) + ofTags));
    }
  }

  /** What a reader must know of accounts, or that there may be several. */
  private String ofGroups(Anvil anvil, FitOutcome fit) {
    List<String> sentences =
        fit.report()
            .model()
            .accounts()
            .map(AccountSummary::sentences)
            .orElseGet(() -> group.isPresent() ? List.of() : suggestion(anvil));
    return sentences.stream().map(s -> System.lineSeparator() + s).collect(Collectors.joining());
  }

  private List<String> suggestion(Anvil anvil) {
    return anvil.campaign(campaign).advice().group().stream()
        .map(
            column ->
                ("Warning: who posts (%s) explains much of the metric, and this model may"
                        + " have learned that instead of what pictures show. Fit relative to each"
                        + " account: anvil fit --group \"%s\" (--group none if all posts are of one"
                        + " account).")
                    .formatted(column, column))
        .toList();
  }

  static String table(ModelResult model) {
    return Tables.text(
        List.of("regressor", "split", "RMSE", "R2", "MAE"),
        model.evaluations().stream()
            .map(
                row ->
                    List.of(
                        row.regressor(),
                        row.split(),
                        EncoderTable.show(row.rmse()),
                        EncoderTable.show(row.r2()),
                        EncoderTable.show(row.mae())))
            .toList());
  }
}
