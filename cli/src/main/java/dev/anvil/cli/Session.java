package dev.anvil.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.CampaignStore;
import dev.anvil.edit.Editors;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.Encoders;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.encode.TextEncoder;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.ModelStore;
import dev.anvil.packs.PackKind;
import dev.anvil.predict.FittedModel;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.model.Segmenters;
import dev.anvil.store.Run;
import dev.anvil.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An open workspace with the model pack that a command works with; opened as they are needed. */
final class Session implements AutoCloseable {
  static final String PACK = "mobilenet-ssd";
  private static final String MODEL = "chosen-model";

  private final Workspace workspace;
  private final Common common;
  private final RunContext context;
  private final int threads;
  private final ModelStore models;
  private ModelPack pack;
  private Optional<SegmenterChoice> asked = Optional.empty();
  private SegmenterChoice choice = SegmenterChoice.BUNDLED;
  private ModelPack segmenterPack;
  private Segmenter segmenter;
  private EncoderChoice encoderChoice = EncoderChoice.BUNDLED;
  private Encoder encoder;
  private TextEncoder texts;
  private Editors editors;
  private Optional<Campaign> campaign = Optional.empty();

  Session(Path folder, Common common) {
    this.workspace = Workspace.open(folder);
    this.common = common;
    this.context = common.context();
    this.threads = common.threads;
    this.models = common.models();
  }

  static Session open(Common common) {
    return new Session(common.workspace, common);
  }

  /** The bundled packs, then the user's. */
  ModelStore models() {
    return models;
  }

  static ObjectMapper json() {
    return Common.mapper();
  }

  Workspace workspace() {
    return workspace;
  }

  RunContext context() {
    return context;
  }

  int threads() {
    return threads;
  }

  ModelPack pack() throws IOException {
    if (pack == null) {
      pack = models().open(PACK);
    }
    return pack;
  }

  /** Finds elements with this segmenter from now on. */
  void use(SegmenterChoice other) {
    asked = Optional.of(other);
    change(other);
  }

  /** Whether a segmenter was asked for. */
  boolean asked() {
    return asked.isPresent();
  }

  /** Finds elements as a run did, unless a segmenter was asked for. */
  void follow(Run run) throws IOException {
    if (asked.isEmpty()) {
      change(SegmenterChoice.of(run));
    }
  }

  private void change(SegmenterChoice other) {
    if (!other.equals(choice)) {
      if (segmenter != null) {
        segmenter.close();
      }
      segmenter = null;
      segmenterPack = null;
      choice = other;
    }
  }

  /** The segmenter in use. */
  SegmenterChoice choice() {
    return choice;
  }

  ModelPack segmenterPack() throws IOException {
    if (segmenterPack == null) {
      segmenterPack = choice.pack().equals(PACK) ? pack() : models().open(choice.pack());
    }
    return segmenterPack;
  }

  Segmenter segmenter() throws IOException {
    if (segmenter == null) {
      segmenter = Segmenters.open(segmenterPack(), choice.options(), 1);
    }
    return segmenter;
  }

  /** Looks at pictures with this encoder from now on; the one before is closed. */
  void use(EncoderChoice other) {
    if (!other.equals(encoderChoice)) {
      if (encoder != null) {
        encoder.close();
      }
      encoder = null;
      closeTexts();
      encoderChoice = other;
    }
  }

  /**
   * Looks at pictures as a model did when it was fitted.
   *
   * @throws InvalidInputException when its encoder is not there any more, or is another one now
   */
  void follow(FittedModel model) throws IOException {
    FittedModel.Description description = model.description();
    use(EncoderChoice.parse(description.pack()));
    String where = "the model of " + description.metric();
    if (models().list().stream()
        .noneMatch(p -> p.getFileName().toString().equals(encoderChoice.pack()))) {
      throw new InvalidInputException(
          where,
          ("was fitted with the encoder of the model pack \"%s\", which is not there; expected it:"
                  + " anvil models pull %s, anvil models add, or --models FOLDER")
              .formatted(encoderChoice.pack(), encoderChoice.pack()));
    }
    if (!encoder().id().equals(description.encoder())) {
      throw new InvalidInputException(
          where,
          "was fitted with the encoder %s; the pack \"%s\" is %s now; expected the same: fit again"
              .formatted(description.encoder(), encoderChoice.pack(), encoder().id()));
    }
  }

  /** The encoder in use; the bundled one where none was chosen. */
  Encoder encoder() throws IOException {
    if (encoder == null) {
      encoder = encoderChoice.open(models());
    }
    return encoder;
  }

  /** The text tower of the encoder in use, where it has one. */
  Optional<TextEncoder> texts() throws IOException {
    if (texts == null && Encoders.hasText(models().open(encoderChoice.pack()))) {
      texts = encoderChoice.openText(models(), threads);
    }
    return Optional.ofNullable(texts);
  }

  private void closeTexts() {
    if (texts != null) {
      texts.close();
      texts = null;
    }
  }

  Editors editors() throws IOException {
    if (editors == null) {
      editors = new Editors(models(), threads, common.consent());
    }
    return editors;
  }

  /** The name of the first pack that paints. */
  String diffusionPack() throws IOException {
    for (Path folder : models().list()) {
      ModelPack found = models().open(folder.getFileName().toString());
      if (found.manifest().kind() == PackKind.STABLE_DIFFUSION) {
        return found.manifest().name();
      }
    }
    throw new InvalidInputException(
        "--pack", "found no pack of Stable Diffusion; expected one, see anvil models");
  }

  SegmentationCache segmentations() throws IOException {
    return new SegmentationCache(segmenter(), workspace.results());
  }

  EncodingPipeline pipeline() throws IOException {
    return new EncodingPipeline(
        encoder(),
        workspace.embeddings(encoder().id(), encoder().dimension()),
        new EncodingPipeline.Settings(threads, threads, 8));
  }

  /** Works with this campaign from now on. */
  void use(Campaign other) {
    campaign = Optional.of(other);
  }

  /** The campaign in use; the one imported last where none was chosen. */
  Campaign campaign() {
    if (campaign.isPresent()) {
      return campaign.get();
    }
    CampaignStore store = new CampaignStore(workspace);
    return store.names().stream()
        .findFirst()
        .flatMap(store::load)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    workspace.folder().toString(), "has no campaign; run anvil import first"));
  }

  /** The fit that studies and predictions use: the one chosen last, else the newest. */
  Run model() {
    return workspace
        .results()
        .get(MODEL, MODEL)
        .flatMap(id -> workspace.runs().get(Long.parseLong(id)))
        .orElseGet(() -> last(Fitting.COMMAND));
  }

  /** The newest fit with the encoder of a pack. */
  Run model(String pack) throws IOException {
    List<String> packs = new ArrayList<>();
    for (Run fit : workspace.runs().list()) {
      if (fit.request().command().equals(Fitting.COMMAND) && fit.state() == Run.State.FINISHED) {
        String encoder =
            json().readTree(fit.request().json()).path(EncoderChoice.ARGUMENT).asText();
        if (encoder.equals(pack)) {
          return fit;
        }
        packs.add(encoder);
      }
    }
    throw new InvalidInputException(
        "encoder",
        "found models with %s; expected one with \"%s\": run anvil fit --encoder %s first"
            .formatted(packs.stream().distinct().toList(), pack, pack));
  }

  /** Uses this fit in studies and predictions. */
  void choose(long fit) {
    workspace.results().put(MODEL, MODEL, Long.toString(fit));
  }

  /** The newest finished run of a command. */
  Run last(String command) {
    return workspace.runs().list().stream()
        .filter(r -> r.request().command().equals(command))
        .filter(r -> r.state() == Run.State.FINISHED)
        .max(Comparator.comparing(r -> r.times().ended().orElseThrow()))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    workspace.folder().toString(),
                    "has no finished run of %s; run anvil %s first".formatted(command, command)));
  }

  @Override
  public void close() {
    if (segmenter != null) {
      segmenter.close();
    }
    if (encoder != null) {
      encoder.close();
    }
    closeTexts();
    if (editors != null) {
      editors.deprecations().forEach(d -> common.err().println("note: " + d));
      editors.close();
    }
    workspace.close();
  }
}
