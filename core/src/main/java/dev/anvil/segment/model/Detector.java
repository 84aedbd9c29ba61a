package dev.anvil.segment.model;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.NetworkInput;
import dev.anvil.image.Picture;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Outputs;
import dev.anvil.onnx.Tensor;
import dev.anvil.packs.ModelPack;
import dev.anvil.segment.Detection;
import dev.anvil.segment.post.Detections;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds objects of a pack's labels in a picture. Deterministic; safe for use from several threads.
 *
 * <p>The pack's {@code detector} takes {@code image} [N, 3, height, width] of 0 to 255 and gives
 * {@code scores} [N, anchors, classes] and {@code boxes} [N, anchors, 4].
 */
public final class Detector implements AutoCloseable {
  private static final String ROLE = "detector";
  private static final int MOST = 50;

  private final String id;
  private final OnnxNetwork network;
  private final NetworkInput input;
  private final List<Optional<String>> labels;

  private Detector(ModelPack pack, OnnxNetwork network, NetworkInput input) {
    this.id = pack.id();
    this.network = network;
    this.input = input;
    this.labels = pack.manifest().labels();
  }

  /**
   * Loads a pack's detector.
   *
   * @param threads within one call; with 1, two callers share two cores best
   * @throws InvalidInputException when the pack has no detector
   */
  public static Detector open(ModelPack pack, int threads) {
    NetworkInput input = NetworkInput.of(pack);
    return new Detector(pack, pack.network(ROLE, threads), input);
  }

  /** Names the pack and, by hash, its weights. */
  public String id() {
    return id;
  }

  /** All labels that can be detected, in the pack's order. */
  public List<String> labels() {
    return labels.stream().flatMap(Optional::stream).toList();
  }

  /**
   * Objects in a picture, best first, at most 50.
   *
   * @param threshold least score, 0 to 1
   */
  public List<Detection> detect(Picture picture, double threshold, RunContext context) {
    Map<String, Tensor> out = answer(picture, context);
    return Detections.decode(
        out.get("scores"),
        out.get("boxes"),
        labels,
        picture.width(),
        picture.height(),
        threshold,
        MOST);
  }

  /**
   * Objects in a part of a picture, which is enlarged for it; boxes are those in the picture.
   *
   * @param part may reach beyond the picture
   */
  List<Detection> detectIn(Picture picture, Box part, double threshold, RunContext context) {
    int left = (int) Math.max(0, Math.floor(part.left()));
    int top = (int) Math.max(0, Math.floor(part.top()));
    int right = (int) Math.min(picture.width(), Math.ceil(part.right()));
    int bottom = (int) Math.min(picture.height(), Math.ceil(part.bottom()));
    Picture enlarged = picture.crop(left, top, right - left, bottom - top);
    return detect(enlarged, threshold, context).stream()
        .map(d -> new Detection(d.label(), d.score(), d.box().moved(left, top)))
        .toList();
  }

  /** The highest score of each of {@link #labels()} anywhere in a picture, 0 to 1. */
  public float[] bestScores(Picture picture) {
    Tensor scores = answer(picture, RunContext.NONE).get("scores");
    int classes = scores.dim(2);
    float[] best = new float[classes];
    for (int i = 0; i < scores.data().limit(); i++) {
      best[i % classes] = Math.max(best[i % classes], scores.data().get(i));
    }
    float[] named = new float[labels.size()];
    int n = 0;
    for (int c = 0; c < labels.size(); c++) {
      if (labels.get(c).isPresent()) {
        named[n++] = best[c];
      }
    }
    return Arrays.copyOf(named, n);
  }

  /** What the network gives: {@code scores} and {@code boxes}. */
  Map<String, Tensor> answer(Picture picture, RunContext context) {
    Tensor image = Tensor.of(input.planes(picture), 1, 3, input.height(), input.width());
    return Outputs.requireNumbers(
        "%s %s".formatted(id, ROLE), network.run(Map.of("image", image), context));
  }

  @Override
  public void close() {
    network.close();
  }
}
