package dev.anvil.diffusion;

/**
 * The normal numbers that torch's CPU generator draws for a seed, so that a run can be compared
 * with one of diffusers (docs/model-contracts.md section 5.9): {@code torch.randn(n,
 * generator=torch.Generator(). manual_seed(seed))}. Within 3e-7, since torch's own logarithms and
 * sines are vectorised.
 */
public final class TorchRandom {
  /** Torch draws smaller tensors in another way. */
  private static final int BLOCK = 16;

  private static final int STATE = 624;
  private static final int SHIFT = 397;

  private final int[] state = new int[STATE];
  private int next = STATE;

  /**
   * @param seed its lower 32 bits count, as in torch
   */
  public TorchRandom(long seed) {
    state[0] = (int) seed;
    for (int i = 1; i < STATE; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** The next 32 bits of the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998). */
  int bits() {
    if (next == STATE) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  private void twist() {
    for (int i = 0; i < STATE; i++) {
      int y = (state[i] & 0x80000000) | (state[(i + 1) % STATE] & 0x7fffffff);
      state[i] = state[(i + SHIFT) % STATE] ^ (y >>> 1) ^ ((y & 1) * 0x9908b0df);
    }
    next = 0;
  }

  private float uniform() {
    return (bits() & 0xffffff) * 0x1p-24f;
  }

  /**
   * The next {@code n} standard normal numbers.
   *
   * @param n at least 16; where it is no multiple of 16, the last 16 are drawn anew, as in torch
   */
  public float[] normal(int n) {
    if (n < BLOCK) {
      throw new IllegalArgumentException("found %d numbers; expected at least 16".formatted(n));
    }
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = uniform();
    }
    for (int i = 0; i + BLOCK <= n; i += BLOCK) {
      shape(out, i);
    }
    if (n % BLOCK != 0) {
      for (int i = n - BLOCK; i < n; i++) {
        out[i] = uniform();
      }
      shape(out, n - BLOCK);
    }
    return out;
  }

  /** Box and Muller's transform of eight pairs. */
  private static void shape(float[] values, int from) {
    for (int j = from; j < from + BLOCK / 2; j++) {
      double radius = Math.sqrt(-2 * Math.log(1 - values[j]));
      double angle = 2 * Math.PI * values[j + BLOCK / 2];
      values[j] = (float) (radius * Math.cos(angle));
      values[j + BLOCK / 2] = (float) (radius * Math.sin(angle));
    }
  }
}
