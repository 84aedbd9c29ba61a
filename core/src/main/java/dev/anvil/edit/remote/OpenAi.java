package dev.anvil.edit.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.PictureWriter;
import dev.anvil.image.Size;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/**
 * OpenAI's picture edits and servers that speak like it (docs/model-contracts.md section 8.3).
 * Takes no seed: the same request gives another picture each time.
 */
final class OpenAi implements Server {
  private static final String DALL_E_2 = "dall-e-2";
  private static final List<Size> SIZES =
      List.of(new Size(1024, 1024), new Size(1536, 1024), new Size(1024, 1536));

  private final Client client;
  private final String model;
  private final Optional<String> quality;

  OpenAi(Client client, String model, Optional<String> quality) {
    this.client = client;
    this.model = model;
    this.quality = quality;
  }

  @Override
  public Map<String, String> describe(Generation generation) {
    Map<String, String> out = new TreeMap<>();
    out.put("url", client.base().toString());
    out.put("model", model);
    out.put("prompt", generation.prompt());
    quality.ifPresent(q -> out.put("quality", q));
    return out;
  }

  /** The service's size that is nearest in shape. */
  @Override
  public Size canvas(Box part) {
    double shape = Math.log(part.width() / part.height());
    return model.equals(DALL_E_2)
        ? SIZES.get(0)
        : SIZES.stream()
            .min(
                Comparator.comparingDouble(
                    s -> Math.abs(Math.log((double) s.width() / s.height()) - shape)))
            .orElseThrow();
  }

  @Override
  public byte[] repaint(Ask ask, RunContext context) {
    Multipart form =
        new Multipart()
            .field("model", model)
            .field("prompt", ask.generation().prompt())
            .field("n", "1")
            .field("size", ask.picture().width() + "x" + ask.picture().height())
            .png("image", "image.png", PictureWriter.png(ask.picture()))
            .png("mask", "mask.png", mask(ask.mask()));
    quality.ifPresent(q -> form.field("quality", q));
    if (model.equals(DALL_E_2)) {
      form.field("response_format", "b64_json"); // others answer so anyhow, and refuse the field
    }
    JsonNode made = client.post("/images/edits", form, ask.seed(), context).path("data").path(0);
    if (made.path("b64_json").isTextual()) {
      return Base64Picture.decode(client, made.path("b64_json").textValue());
    }
    if (made.path("url").isTextual()) {
      return client.getAnonymously(address(made.path("url").textValue()), ask.seed(), context);
    }
    throw client.failure("answered without a picture");
  }

  /** Nothing but a secure address is followed, unless the server itself is on this machine. */
  private URI address(String url) {
    try {
      URI address = new URI(url);
      if (address.getHost() != null
          && ("https".equals(address.getScheme())
              || ("http".equals(address.getScheme()) && Hosts.isLocal(client.base())))) {
        return address;
      }
    } catch (URISyntaxException e) {
      throw client.failure("answered with a picture's address that is none");
    }
    throw client.failure("answered with a picture's address that is not https");
  }

  /** Clear where the picture is to be edited, the opposite of other servers. */
  private static byte[] mask(Mask mask) {
    BufferedImage image =
        new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        image.setRGB(x, y, mask.get(x, y) > 0 ? 0 : 0xff000000);
      }
    }
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
