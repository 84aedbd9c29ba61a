package dev.anvil.engine.service.model;

import dev.anvil.InvalidInputException;
import dev.anvil.MissingPackException;
import dev.anvil.NotFoundException;
import dev.anvil.RunContext;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Post;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.encode.TextEncoder;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.network.Models;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.SegmenterChoice;
import dev.anvil.engine.service.run.Closing;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.predict.FittedModel;
import dev.anvil.report.data.ModelReport;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Segmenter;
import dev.anvil.store.Run;
import dev.anvil.store.Stores;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A fitted model with all that it looks through: its campaign as it was when it was fitted, its
 * encoder, a segmenter, its main element. What studies, predictions and explanations take; nothing
 * in it changes while it is open. Safe for use from several threads.
 */
public final class ModelView implements AutoCloseable {
  private final Parts parts;
  private final Stores working;
  private final Run fit;
  private final FitRequest request;
  private final SegmenterChoice segmenterChoice;
  private final Lease<FittedModel> model;
  private final Lease<Encoder> encoder;
  private final Lease<Segmenter> segmenter;
  private final Campaign campaign;

  private ModelView(
      Parts parts,
      Stores working,
      Run fit,
      SegmenterChoice segmenterChoice,
      Lease<FittedModel> model,
      Lease<Encoder> encoder,
      Lease<Segmenter> segmenter) {
    this.parts = parts;
    this.working = working;
    this.fit = fit;
    this.request = Models.request(fit);
    this.segmenterChoice = segmenterChoice;
    this.model = model;
    this.encoder = encoder;
    this.segmenter = segmenter;
    this.campaign = FitService.campaign(parts.artefacts(fit.id()));
  }

  /**
   * Opens the view of a fit.
   *
   * @param parts that have the fit
   * @param working where embeddings and elements are kept
   * @param segmenter that finds elements; empty for that of the fit
   * @throws InvalidInputException when its encoder is another one now, or when pictures of its
   *     campaign were replaced
   * @throws dev.anvil.MissingPackException when its encoder or the segmenter is not there any more
   */
  public static ModelView open(
      Parts parts, Stores working, Run fit, Optional<SegmenterChoice> segmenter) {
    FitRequest asked = Models.request(fit);
    SegmenterChoice finder = segmenter.orElse(asked.segmenter());
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      Lease<FittedModel> model = opened(opened, parts.models().load(fit));
      String pack = asked.encoder().pack();
      if (!parts.networks().isThere(pack)) {
        throw new MissingPackException(
            pack,
            "the model of " + model.get().description().metric(),
            "was fitted with the encoder of the model pack \"%s\", which is not there; expected it"
                .formatted(pack));
      }
      Lease<Encoder> encoder = opened(opened, parts.networks().encoder(asked.encoder()));
      String was = model.get().description().encoder();
      if (!encoder.get().id().equals(was)) {
        throw new InvalidInputException(
            "the model of " + model.get().description().metric(),
            "was fitted with the encoder %s; the pack \"%s\" is %s now; expected the same"
                    .formatted(was, asked.encoder().pack(), encoder.get().id())
                + ": restore the pack, or fit again");
      }
      Lease<Segmenter> finding = opened(opened, parts.networks().segmenter(finder));
      ModelView view = new ModelView(parts, working, fit, finder, model, encoder, finding);
      new ReplacedPictures(parts.stores().results()).check(view.campaign.posts());
      return view;
    } catch (RuntimeException | Error e) {
      Closing.all(opened);
      throw e;
    }
  }

  /** As above, with everything kept where the fit is. */
  public static ModelView open(Parts parts, Run fit, Optional<SegmenterChoice> segmenter) {
    return open(parts, parts.stores(), fit, segmenter);
  }

  private static <T> Lease<T> opened(Deque<AutoCloseable> opened, Lease<T> lease) {
    opened.push(lease);
    return lease;
  }

  /** Run of the fit. */
  public long run() {
    return fit.id();
  }

  /** How well the model predicts, as the fit found. */
  public ModelReport report() {
    return FitService.report(parts.artefacts(fit.id()));
  }

  /** What the fit was asked for. */
  public FitRequest request() {
    return request;
  }

  /** When the fit was finished. */
  public Run fit() {
    return fit;
  }

  public FittedModel model() {
    return model.get();
  }

  /** The campaign as it was when the model was fitted. */
  public Campaign campaign() {
    return campaign;
  }

  /** The posts that the model was fitted to. */
  public List<Post> learned() {
    return campaign.posts().stream()
        .filter(p -> model().description().groups().containsKey(p.id()))
        .toList();
  }

  public Encoder encoder() {
    return encoder.get();
  }

  /** The segmenter that finds elements here. */
  public SegmenterChoice segmenterChoice() {
    return segmenterChoice;
  }

  /** Finds elements, in the eyes of this campaign: its main element is no background. */
  public SegmentationCache segmentations() {
    return new SegmentationCache(segmenter.get(), working.results())
        .about(model().description().subject());
  }

  /** Encodes many pictures. */
  public EncodingPipeline pipeline(RunContext context) {
    return pipeline(working, encoder(), context.threads());
  }

  /**
   * The picture of a post with its elements.
   *
   * @throws NotFoundException when there is no such post
   */
  public Creative creative(String id, RunContext context) {
    Post post = post(id);
    return Creative.of(post, segmentations().of(post, context));
  }

  /**
   * What is expected of a post, by refits that never saw it.
   *
   * @throws NotFoundException when there is no such post
   */
  public Expectation expectation(String id, RunContext context) {
    Support support = parts.artefacts(fit.id()).get(Support.NAME, Support.class);
    return Expecting.of(this, support, post(id), context);
  }

  private Post post(String id) {
    return campaign.posts().stream()
        .filter(p -> p.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "post \"%.80s\"".formatted(id), "is not in \"%s\"".formatted(campaign.name())));
  }

  /** Where embeddings, elements and variants are kept. */
  public Stores working() {
    return working;
  }

  static EncodingPipeline pipeline(Stores working, Encoder encoder, int threads) {
    return new EncodingPipeline(
        encoder,
        working.embeddings(encoder.id(), encoder.dimension()),
        new EncodingPipeline.Settings(threads, threads, 8));
  }

  /** Encodes posts as the model looks at them. */
  public CampaignEncoder posts(RunContext context) {
    return new CampaignEncoder(pipeline(context), segmentations(), model().description().subject());
  }

  /** The text tower of the model's encoder, where it has one. */
  public Optional<Lease<TextEncoder>> texts() {
    return parts.networks().texts(request.encoder());
  }

  /** Lets go of the networks and the model. */
  @Override
  public void close() {
    segmenter.close();
    encoder.close();
    model.close();
  }
}
