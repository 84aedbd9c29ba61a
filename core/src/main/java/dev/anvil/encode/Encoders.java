package dev.anvil.encode;

import dev.anvil.InvalidInputException;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.ModelStore;
import dev.anvil.packs.PackKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** Opens the encoders of model packs. */
public final class Encoders {
  /** Encoders that are no packs. A new one is a class and a line here. */
  private static final List<EncoderProvider> BUNDLED = List.of();

  private static final Map<String, EncoderProvider> PROVIDERS = providers();

  private Encoders() {}

  /** The encoder of a name that is no model pack, empty where there is none. */
  public static Optional<EncoderProvider> provider(String name) {
    return Optional.ofNullable(PROVIDERS.get(name));
  }

  /**
   * The encoder of pictures of a name: that of a provider, else that of the pack.
   *
   * @param scores whether a classifier's scores of its classes are taken for its features
   * @param threads within one call of {@link Encoder#infer}
   * @throws InvalidInputException when there is none, or the pack encodes no pictures
   */
  public static Encoder open(ModelStore models, String name, boolean scores, int threads)
      throws IOException {
    Optional<EncoderProvider> provider = provider(name);
    return provider.isPresent()
        ? provider.get().open(threads)
        : open(models.open(name), threads, scores);
  }

  /** Whether the provider or pack of a name has an encoder of texts. */
  public static boolean hasText(ModelStore models, String name) throws IOException {
    Optional<EncoderProvider> provider = provider(name);
    return provider.isPresent() ? provider.get().hasText() : hasText(models.open(name));
  }

  /**
   * The encoder of texts of a name.
   *
   * @throws InvalidInputException when there is none, or it encodes no texts
   */
  public static TextEncoder openText(ModelStore models, String name, int threads)
      throws IOException {
    Optional<EncoderProvider> provider = provider(name);
    return provider.isPresent()
        ? provider.get().openText(threads)
        : openText(models.open(name), threads);
  }

  private static Map<String, EncoderProvider> providers() {
    Map<String, EncoderProvider> providers = new LinkedHashMap<>();
    List<EncoderProvider> all = new ArrayList<>(BUNDLED);
    ServiceLoader.load(EncoderProvider.class).forEach(all::add);
    for (EncoderProvider provider : all) {
      if (providers.putIfAbsent(provider.name(), provider) != null) {
        throw new IllegalStateException("two encoders are called " + provider.name());
      }
    }
    return providers;
  }

  /**
   * The pack's encoder of pictures.
   *
   * <p>Packs made for Anvil have raw averages of layers. All others give vectors of length 1: the
   * picture's (block {@code whole}), its main element's (block {@code element}), and the element's
   * size and place (block {@code place}).
   *
   * @param threads within one call of {@link Encoder#infer}; with 1, two callers share two cores
   *     best
   * @throws InvalidInputException when the pack encodes no pictures, with the reason
   */
  public static Encoder open(ModelPack pack, int threads) throws IOException {
    return open(pack, threads, false);
  }

  /**
   * As {@link #open(ModelPack, int)}, but a classifier is taken too: its scores of the classes are
   * the embedding then.
   */
  public static Encoder openScores(ModelPack pack, int threads) throws IOException {
    return open(pack, threads, true);
  }

  /**
   * The pack's encoder of texts.
   *
   * @throws InvalidInputException when the pack encodes no texts, with the reason
   */
  public static TextEncoder openText(ModelPack pack, int threads) throws IOException {
    PackKind kind = pack.manifest().kind();
    if (kind != PackKind.CLIP) {
      throw refused(pack, kind, "texts", "clip");
    }
    return ClipTextEncoder.open(pack, threads);
  }

  /**
   * Whether a pack has a network of texts, in a file of its own or in one with that of pictures.
   */
  public static boolean hasText(ModelPack pack) {
    return pack.manifest().kind() == PackKind.CLIP
        && (pack.find("text").isPresent() || pack.find("model").isPresent());
  }

  private static Encoder open(ModelPack pack, int threads, boolean scores) throws IOException {
    PackKind kind = pack.manifest().kind();
    return switch (kind) {
      case ANVIL -> PackEncoder.open(pack, threads);
      case CLIP -> PictureEncoder.open(pack, threads, Embedding.CLIP);
      case BACKBONE ->
          PictureEncoder.open(pack, threads, scores ? Embedding.SCORES : Embedding.FEATURES);
      default -> throw refused(pack, kind, "pictures", "clip, backbone or anvil");
    };
  }

  private static InvalidInputException refused(
      ModelPack pack, PackKind kind, String what, String expected) {
    return new InvalidInputException(
        pack.folder().toString(),
        "found a pack of the kind %s, which does not encode %s; expected the kind %s"
            .formatted(kind.text(), what, expected));
  }
}
