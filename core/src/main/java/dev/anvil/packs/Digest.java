package dev.anvil.packs;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A published hash of a file.
 *
 * @param algorithm {@code sha256}, or {@code md5} where a publisher gives nothing better
 * @param hex lower-case hexadecimal digits
 */
public record Digest(String algorithm, String hex) {
  private static final Map<String, String> NAMES = Map.of("sha256", "SHA-256", "md5", "MD5");
  private static final Pattern FORM =
      Pattern.compile("(sha256):([0-9a-f]{64})|(md5):([0-9a-f]{32})");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public Digest {
    requireNonNull(hex, "hex is null");
    if (!NAMES.containsKey(algorithm)) {
      throw new IllegalArgumentException("algorithm: found " + algorithm);
    }
  }

  /** Reads {@code sha256:...} or {@code md5:...}; empty when it is neither. */
  public static Optional<Digest> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    int at = form.group(1) == null ? 3 : 1;
    return Optional.of(new Digest(form.group(at), form.group(at + 1)));
  }

  /** Reads a server's tag, which is a SHA-256 of the content on some servers. */
  static Optional<Digest> ofTag(String tag) {
    String bare = tag.replaceFirst("^W/", "").replace("\"", "");
    return SHA256.matcher(bare).matches()
        ? Optional.of(new Digest("sha256", bare))
        : Optional.empty();
  }

  /** The digest of a file by the same algorithm. */
  Digest of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance(NAMES.get(algorithm));
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return new Digest(algorithm, HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has " + algorithm, e);
    }
  }

  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }
}
