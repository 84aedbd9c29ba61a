package dev.anvil;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Derives independent seeds from one seed and a path of names, the same on every machine. */
public final class Seeds {
  private Seeds() {}

  /** A seed for the thing that {@code path} names; equal inputs give equal seeds. */
  public static long derive(long seed, Object... path) {
    StringBuilder name = new StringBuilder(Long.toString(seed));
    for (Object part : path) {
      name.append('\u001f').append(part);
    }
    byte[] digest = HexFormat.of().parseHex(Sha256.of(name.toString()));
    return ByteBuffer.wrap(digest).getLong();
  }

  /** A generator for the thing that {@code path} names. */
  public static SplittableRandom random(long seed, Object... path) {
    return new SplittableRandom(derive(seed, path));
  }
}
