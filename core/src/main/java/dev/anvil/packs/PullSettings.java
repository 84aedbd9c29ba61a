package dev.anvil.packs;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How packs are downloaded.
 *
 * @param host that repositories are asked of: Hugging Face, or a mirror of it
 * @param offline whether nothing may be downloaded
 * @param token for private and gated repositories; it goes to the host only, never to where that
 *     redirects
 * @param attempts how often a file is tried without any progress
 * @param pause before the second attempt; it doubles with each further one
 * @param stall how long a server may send nothing
 * @param largest bytes of a file whose size nobody promised, above which it is refused
 */
public record PullSettings(
    URI host,
    boolean offline,
    Optional<Token> token,
    int attempts,
    Duration pause,
    Duration stall,
    long largest) {
  /** Where repositories are by default. */
  public static final URI HOST = URI.create("https://huggingface.co");

  /** Environment variable with the address of a mirror. */
  public static final String MIRROR = "ANVIL_MODEL_MIRROR";

  /** Environment variable that forbids downloads when it is 1 or true. */
  public static final String OFFLINE = "ANVIL_OFFLINE";

  /** Larger than any single network in the layouts that Anvil reads. */
  private static final long LARGEST = 32L << 30;

  /** Environment variable with the token. */
  public static final String TOKEN = "HF_TOKEN";

  public PullSettings {
    requireNonNull(host, "host is null");
    requireNonNull(token, "token is null");
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts: found " + attempts);
    }
  }

  /** A secret that does not show when it is printed. */
  public record Token(String value) {
    @Override
    public String toString() {
      return "(secret)";
    }
  }

  /**
   * The settings of an environment.
   *
   * @param mirror takes the place of the environment's
   * @param offline as well as the environment's
   * @throws InvalidInputException when an address is none
   */
  public static PullSettings of(
      Map<String, String> environment, Optional<String> mirror, boolean offline) {
    Optional<String> address = mirror.or(() -> set(environment, MIRROR));
    String flag = set(environment, OFFLINE).orElse("0");
    return new PullSettings(
        address.map(PullSettings::address).orElse(HOST),
        offline || flag.equals("1") || flag.equals("true"),
        set(environment, TOKEN).map(Token::new),
        5,
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        LARGEST);
  }

  private static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  private static URI address(String text) {
    try {
      URI uri = URI.create(text.replaceFirst("/+$", ""));
      if (uri.getHost() != null && uri.getScheme().matches("https?")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("mirror", mirrorProblem(text));
    }
    throw new InvalidInputException("mirror", mirrorProblem(text));
  }

  private static String mirrorProblem(String text) {
    return "found \"%s\"; expected an address such as https://mirror.example".formatted(text);
  }
}
