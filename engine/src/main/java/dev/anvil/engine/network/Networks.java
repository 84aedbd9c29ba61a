package dev.anvil.engine.network;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.MissingPackException;
import dev.anvil.Problem;
import dev.anvil.ask.SentenceEncoder;
import dev.anvil.edit.Editors;
import dev.anvil.edit.remote.Consent;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.Encoders;
import dev.anvil.encode.TextEncoder;
import dev.anvil.engine.request.BundledPack;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.engine.request.SegmenterChoice;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.ModelStore;
import dev.anvil.packs.PackKind;
import dev.anvil.segment.PromptedSegmenter;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.model.Detector;
import dev.anvil.segment.model.Segmenters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The networks of model packs, opened once and shared by all jobs of an engine. A pack is known by
 * the hash of its files: one that was replaced is opened anew.
 */
public final class Networks implements AutoCloseable {
  private static final int IDLE = 3;
  private static final System.Logger LOG = System.getLogger(Networks.class.getName());

  private final ModelStore packs;
  private final int threads;
  private final Consent consent;
  private final Pool<Encoder> encoders = new Pool<>(IDLE, Encoder::close);
  private final Pool<TextEncoder> texts = new Pool<>(1, TextEncoder::close);
  private final Pool<Segmenter> segmenters = new Pool<>(IDLE, Segmenter::close);
  private final Pool<PromptedSegmenter> prompted = new Pool<>(1, PromptedSegmenter::close);
  private final Pool<Detector> detectors = new Pool<>(1, Detector::close);
  private final Pool<Editors> editors = new Pool<>(1, Editors::close);
  private final Pool<SentenceEncoder> sentences = new Pool<>(1, SentenceEncoder::close);

  /**
   * Networks of packs.
   *
   * @param threads within one call of a network that nobody calls from several threads
   * @param consent what the user lets leave this machine
   */
  public Networks(ModelStore packs, int threads, Consent consent) {
    this.consent = requireNonNull(consent, "consent is null");
    this.packs = requireNonNull(packs, "packs is null");
    this.threads = threads;
  }

  /** The encoder of pictures of a choice. */
  public Lease<Encoder> encoder(EncoderChoice choice) {
    return encoders.lease(
        source(choice) + choice.text(),
        () -> Encoders.open(packs, choice.pack(), choice.scores(), 1));
  }

  /** What an encoder is opened from, by content: its pack, or the name of what is no pack. */
  public String source(EncoderChoice choice) {
    return Encoders.provider(choice.pack()).isPresent() ? choice.pack() : pack(choice.pack()).id();
  }

  /** The text tower of an encoder; empty where it has none. */
  public Optional<Lease<TextEncoder>> texts(EncoderChoice choice) {
    try {
      return Encoders.hasText(packs, choice.pack())
          ? Optional.of(requireTexts(choice))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The text tower of an encoder.
   *
   * @throws InvalidInputException when it has none
   */
  public Lease<TextEncoder> requireTexts(EncoderChoice choice) {
    return texts.lease(source(choice), () -> Encoders.openText(packs, choice.pack(), threads));
  }

  /** The segmenter of a choice. */
  public Lease<Segmenter> segmenter(SegmenterChoice choice) {
    ModelPack pack = pack(choice.pack());
    return segmenters.lease(
        pack.id() + choice.text(), () -> Segmenters.open(pack, choice.options(), 1));
  }

  /** The segmenter of a pack that finds what a prompt points at. */
  public Lease<PromptedSegmenter> prompted(SegmenterChoice choice) {
    ModelPack pack = pack(choice.pack());
    return prompted.lease(pack.id(), () -> Segmenters.openPrompted(pack, threads));
  }

  /** The bundled detector of objects. */
  public Lease<Detector> detector() {
    ModelPack pack = pack(BundledPack.NAME);
    return detectors.lease(pack.id(), () -> Detector.open(pack, threads));
  }

  /** The editors, with the networks that they paint with. */
  public Lease<Editors> editors() {
    return editors.lease(packIds().toString(), () -> new Editors(packs, threads, consent));
  }

  /** What editors were told that has no effect any more. */
  public List<Problem> deprecations() {
    return editors.opened().stream().flatMap(open -> open.deprecations().stream()).toList();
  }

  /** The bundled encoder of sentences. */
  public Lease<SentenceEncoder> sentences() {
    return sentences.lease("", () -> SentenceEncoder.open(threads));
  }

  /**
   * A pack.
   *
   * @throws dev.anvil.MissingPackException when it is not there
   * @throws InvalidInputException when it is not sound
   */
  public ModelPack pack(String name) {
    try {
      return packs.open(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there is a pack of a name, sound or not. */
  public boolean isThere(String name) {
    return folders().stream().anyMatch(folder -> folder.getFileName().toString().equals(name));
  }

  /** The first pack of a kind, by name, that has no limits; empty where there is none. */
  public Optional<ModelPack> first(PackKind kind) {
    return ofKind(kind).filter(pack -> pack.manifest().limits().isEmpty()).findFirst();
  }

  /**
   * The first pack of a kind, as {@link #first}.
   *
   * @throws MissingPackException when there is none, with those that are there and have limits
   */
  public ModelPack needed(PackKind kind) {
    return first(kind)
        .orElseThrow(
            () ->
                new MissingPackException(
                    "stable-diffusion-1.5", // can be pulled instead
                    "pack",
                    "found none of %s; expected one%s"
                        .formatted(
                            kind.text(),
                            ofKind(kind)
                                .map(
                                    pack ->
                                        " (%s is there, but knows nothing but %s: name it if that is what your pictures are)"
                                            .formatted(
                                                pack.manifest().name(),
                                                pack.manifest().limits().orElseThrow()))
                                .collect(Collectors.joining()))));
  }

  private Stream<ModelPack> ofKind(PackKind kind) {
    return sound().stream().filter(pack -> pack.manifest().kind() == kind);
  }

  /** Packs that open, by name. */
  public List<ModelPack> sound() {
    List<ModelPack> out = new ArrayList<>();
    for (Path folder : folders()) {
      try {
        out.add(ModelPack.open(folder));
      } catch (InvalidInputException e) {
        LOG.log(System.Logger.Level.DEBUG, "left out a pack that is not sound: " + e.getMessage());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return out;
  }

  private List<Path> folders() {
    try {
      return packs.list();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ids of the packs that open, by name. */
  public Map<String, String> packIds() {
    Map<String, String> ids = new TreeMap<>();
    sound().forEach(pack -> ids.putIfAbsent(pack.manifest().name(), pack.id()));
    return ids;
  }

  /** Waits until no network is in use, then closes all. */
  @Override
  public void close() {
    encoders.close();
    texts.close();
    segmenters.close();
    prompted.close();
    detectors.close();
    editors.close();
    sentences.close();
  }
}
