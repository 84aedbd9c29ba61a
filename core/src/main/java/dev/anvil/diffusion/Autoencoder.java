package dev.anvil.diffusion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.image.Picture;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Outputs;
import dev.anvil.onnx.Tensor;
import dev.anvil.packs.ModelPack;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Between pictures and latents of an eighth of their size (docs/model-contracts.md sections 5.2,
 * 5.5). Of an encoder that gives a distribution the mean is taken, so that nothing is drawn; an
 * encoder of diffusers' old export draws inside its graph, and two runs differ slightly.
 */
final class Autoencoder implements AutoCloseable {
  private static final int CHANNELS = 4;
  private static final double SCALE = .18215;
  private static final String SAMPLE = "latent_sample";

  private final String pack;
  private final Optional<OnnxNetwork> encoder;
  private final OnnxNetwork decoder;
  private final double scale;

  private Autoencoder(
      String pack, Optional<OnnxNetwork> encoder, OnnxNetwork decoder, double scale) {
    this.pack = pack;
    this.encoder = encoder;
    this.decoder = decoder;
    this.scale = scale;
  }

  static Autoencoder open(ModelPack pack, int threads) {
    double scale = scale(pack);
    OnnxNetwork decoder = pack.network("vae_decoder", threads);
    try {
      return new Autoencoder(
          pack.manifest().name(),
          pack.find("vae_encoder").map(f -> pack.network(f.role(), threads)),
          decoder,
          scale);
    } catch (RuntimeException e) {
      decoder.close();
      throw e;
    }
  }

  private static double scale(ModelPack pack) {
    for (String folder : List.of("vae_decoder", "vae_encoder", "vae")) {
      JsonNode json = PackJson.read(pack, folder + "/config.json");
      if (json.path("shift_factor").asDouble(0) != 0
          || json.path("latent_channels").asInt(CHANNELS) != CHANNELS) {
        throw new InvalidInputException(
            "%s %s/config.json".formatted(pack.folder(), folder),
            "found latents of another family (%s channels, shift %s); expected 4 without shift"
                .formatted(json.path("latent_channels"), json.path("shift_factor")));
      }
      if (json.path("scaling_factor").isNumber()) {
        return json.path("scaling_factor").asDouble();
      }
    }
    return SCALE;
  }

  boolean encodes() {
    return encoder.isPresent();
  }

  /** Whether the encoder gives a sample of a distribution instead of the distribution. */
  boolean drawsInside() {
    return encoder.stream()
        .flatMap(e -> e.outputs().stream())
        .anyMatch(o -> o.name().equals(SAMPLE));
  }

  /**
   * The latents of [1, 3, H, W] in -1 to 1, scaled.
   *
   * @return 4 planes of H/8 * W/8
   */
  float[] encode(Tensor planes, RunContext context) {
    OnnxNetwork network =
        encoder.orElseThrow(
            () ->
                new InvalidInputException(
                    "model pack", "found no vae_encoder; expected one to start from a picture"));
    Map<String, Tensor> out =
        Outputs.requireNumbers(
            "vae_encoder of " + pack,
            network.run(Map.of(network.inputs().get(0).name(), planes), context));
    Tensor found =
        Optional.ofNullable(out.get("latent_parameters"))
            .or(() -> Optional.ofNullable(out.get(SAMPLE)))
            .orElseGet(() -> out.values().iterator().next());
    int area = planes.dim(2) / InpaintMask.CELL * (planes.dim(3) / InpaintMask.CELL);
    if (found.data().limit() != CHANNELS * area && found.data().limit() != 2 * CHANNELS * area) {
      throw new InvalidInputException(
          "vae_encoder",
          "found latents of shape %s for a picture of shape %s; expected 4 or 8 channels of an eighth"
              .formatted(found.shape(), planes.shape()));
    }
    float[] latents = new float[CHANNELS * area];
    FloatBuffer data = found.data();
    for (int i = 0; i < latents.length; i++) {
      latents[i] = (float) (data.get(i) * scale);
    }
    return latents;
  }

  /** The picture of scaled latents. */
  Picture decode(float[] latents, int width, int height, RunContext context) {
    Tensor input =
        Tensor.of(
            Latents.times(1 / scale, latents),
            1,
            CHANNELS,
            height / InpaintMask.CELL,
            width / InpaintMask.CELL);
    Map<String, Tensor> out =
        Outputs.requireNumbers(
            "vae_decoder of " + pack,
            decoder.run(Map.of(decoder.inputs().get(0).name(), input), context));
    return Planes.picture(out.values().iterator().next());
  }

  @Override
  public void close() {
    encoder.ifPresent(OnnxNetwork::close);
    decoder.close();
  }
}
