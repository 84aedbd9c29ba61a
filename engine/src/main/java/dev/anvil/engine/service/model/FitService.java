package dev.anvil.engine.service.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.InternalException;
import dev.anvil.NotFoundException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoder;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.engine.outcome.ImportHealth;
import dev.anvil.engine.outcome.TagBaselines;
import dev.anvil.engine.request.BundledPack;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.engine.request.FitColumns;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.FitRequest.Option;
import dev.anvil.engine.service.campaign.Posts;
import dev.anvil.engine.service.run.Inputs;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.RunFolder;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.predict.Accounts;
import dev.anvil.predict.Exposure;
import dev.anvil.predict.FittedModel;
import dev.anvil.report.data.FitSummary;
import dev.anvil.report.data.ModelReport;
import dev.anvil.segment.FoundLabels;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds elements, encodes, fits and evaluates. */
public final class FitService implements Service<FitRequest, FitOutcome> {
  private static final String CAMPAIGN = "campaign";
  private static final String HEALTH = "import-health";
  private static final String ELEMENTS = "elements";
  private static final String POST_ELEMENTS = "post-elements";
  private static final String REPORT = "model-report";
  private static final String SUMMARY = "summary";
  private static final String BASELINES = "baselines";
  private static final String EXPOSURE = "exposure";
  private static final String LEFT_OUT = "left-out";

  private final Parts parts;

  public FitService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Work<FitOutcome> accept(FitRequest asked) {
    return accept(asked, parts.campaign(asked.campaign()).mature());
  }

  /** A fit of a campaign that need not be the one in the workspace. */
  public Work<FitOutcome> accept(FitRequest asked, Campaign campaign) {
    new ReplacedPictures(parts.stores().results()).check(campaign.posts());
    FitRequest request =
        asked
            .on(campaign.name(), campaign.metricToFit(asked.metric()))
            .withGroup(asked.group().map(column -> Accounts.column(column, campaign.posts())));
    String metric = request.metric().orElseThrow();
    Inputs inputs = new Inputs();
    inputs.put("model-format", FittedModel.FORMAT); // a model of an older one is fitted anew
    inputs.put("campaign", campaign.name());
    inputs.put("posts", Posts.hash(campaign.posts(), metric));
    inputs.put("metric", metric);
    inputs.put("kind", campaign.kind(metric));
    inputs.put("since", request.since().map(Object::toString).orElse("suggested"));
    inputs.put("element", request.element());
    inputs.put("options", request.options());
    inputs.put("seed", request.seed());
    request.group().ifPresent(column -> inputs.put("group", column));
    inputs.put("columns", request.columns());
    request.columns().per().ifPresent(column -> Exposure.of(campaign, metric, column));
    if (!request.columns().equals(FitColumns.CHOSEN)) {
      inputs.put("metrics", Posts.metrics(campaign.posts()));
    }
    inputs.put("encoder", request.encoder().text());
    try (Lease<Encoder> encoder = parts.networks().encoder(request.encoder())) {
      inputs.put("encoder-id", encoder.get().id());
    }
    inputs.put("segmenter", request.segmenter().text());
    inputs.put("segmenter-pack", parts.networks().pack(request.segmenter().pack()).id());
    inputs.put("detector-pack", parts.networks().pack(BundledPack.NAME).id());
    return new Work<>(
        request,
        Optional.of(inputs),
        Set.of(CAMPAIGN, ELEMENTS, REPORT, SUMMARY, Support.NAME),
        (out, context) -> fit(request, campaign, out, context),
        from -> read(request, from));
  }

  /**
   * What a fit takes for the subject of a campaign's pictures.
   *
   * @param found labels of the elements that each post's picture shows
   */
  public static Subject subject(FitRequest request, Map<Post, FoundLabels> found) {
    return CampaignPictures.subject(request, found);
  }

  /** The exposure that a fit's metric was divided by, where it was. */
  public static Optional<Exposure> exposure(RunFolder fit) {
    return fit.find(EXPOSURE, Exposure.class);
  }

  private void fit(FitRequest asked, Campaign imported, RunFolder out, RunContext context)
      throws IOException {
    Optional<Exposure> exposure =
        asked
            .columns()
            .per()
            .map(column -> Exposure.of(imported, asked.metric().orElseThrow(), column));
    exposure.ifPresent(e -> out.put(EXPOSURE, e));
    Campaign rated = exposure.map(e -> e.rates(imported)).orElse(imported);
    FitRequest request = exposure.map(e -> asked.on(imported.name(), e.name())).orElse(asked);
    String metric = request.metric().orElseThrow();
    FewPosts.require(rated, metric);
    Campaign campaign = FewPosts.undated(rated, metric).orElse(rated);
    try (Lease<Encoder> encoder = parts.networks().encoder(request.encoder());
        Lease<Segmenter> segmenter = parts.networks().segmenter(request.segmenter())) {
      CampaignPictures pictures =
          CampaignPictures.of(parts, request, campaign, encoder.get(), segmenter.get(), context);
      Optional<PostTags> tags =
          request.options().contains(Option.BASELINES) && !FewPosts.are(campaign, metric)
              ? Optional.of(PostTags.of(parts, pictures.campaign().posts(), context))
              : Optional.empty();
      ModelSearch search =
          new ModelSearch(
              request,
              campaign.kind(request.metric().orElseThrow()),
              pictures,
              tags,
              exposure,
              parts.refits());
      ModelSearch.Found found = search.run(context);
      try (FittedModel model = found.fit().model()) {
        model.save(parts.stores(), out.run());
        out.put(REPORT, found.report());
        out.put(
            SUMMARY,
            new FitWords(pictures.campaign(), found.fit())
                .summary(found.report().model(), found.gain(), found.metadata(), exposure)
                .and(FewPosts.notes(rated, metric, found.metadata().used())));
        out.put(ELEMENTS, pictures.counts());
        out.put(POST_ELEMENTS, pictures.labels());
        out.put(
            Support.NAME,
            Support.of(
                found.fit(), pictures.data().posts(), pictures.data().embeddings(), context));
        out.putText(CAMPAIGN, EngineJson.compact().writeValueAsString(pictures.campaign()));
        out.put(LEFT_OUT, pictures.leftOut());
        parts.health(campaign.name()).ifPresent(health -> putHealth(out, health));
        if (tags.isPresent()) {
          out.put(BASELINES, TagWorth.of(tags.get(), found.fit(), request.seed(), context));
        }
      }
    }
  }

  /** What a fit left. */
  public static FitOutcome read(FitRequest request, RunFolder from) {
    return new FitOutcome(
        from.run(),
        request.encoder().text(),
        report(from),
        summary(from),
        baselines(from),
        List.of(from.find(LEFT_OUT, Problem[].class).orElse(new Problem[0])));
  }

  /** The campaign that a fit learned from, as it was then. */
  public static Campaign campaign(RunFolder fit) {
    String json =
        fit.text(CAMPAIGN)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "run " + fit.run(),
                        "was fitted by an older version of Anvil, which kept no posts; fit again"));
    try {
      return EngineJson.compact().readValue(json, Campaign.class);
    } catch (JsonProcessingException e) {
      throw new InternalException("the posts of run " + fit.run() + " are not JSON", e);
    }
  }

  /** What importing that campaign found, where it is known. */
  public static Optional<ImportHealth> health(RunFolder fit) {
    return fit.find(HEALTH, ImportHealth.class);
  }

  /** Keeps what was found when the campaign of a fit was imported. */
  public static void putHealth(RunFolder fit, ImportHealth health) {
    fit.put(HEALTH, health);
  }

  /** Number of the campaign's creatives by the labels of their elements. */
  public static Map<String, Integer> elements(RunFolder fit) {
    Map<String, Integer> counts = new TreeMap<>();
    fit.get(ELEMENTS, JsonNode.class)
        .properties()
        .forEach(e -> counts.put(e.getKey(), e.getValue().asInt()));
    return counts;
  }

  /** Labels of the elements that each post's picture shows, by id; none of an older fit. */
  public static Map<String, List<String>> postElements(RunFolder fit) {
    Map<String, List<String>> labels = new HashMap<>();
    fit.find(POST_ELEMENTS, JsonNode.class)
        .ifPresent(
            posts ->
                posts
                    .properties()
                    .forEach(
                        post -> {
                          List<String> own = new ArrayList<>();
                          post.getValue().forEach(label -> own.add(label.asText()));
                          labels.put(post.getKey(), own);
                        }));
    return labels;
  }

  /** What a fit says of its model. */
  public static ModelReport report(RunFolder fit) {
    return fit.get(REPORT, ModelReport.class);
  }

  static FitSummary summary(RunFolder fit) {
    return fit.get(SUMMARY, FitSummary.class);
  }

  /** What tags alone explain, where a fit compared them. */
  public static Optional<TagBaselines> baselines(RunFolder fit) {
    return fit.find(BASELINES, TagBaselines.class);
  }
}
