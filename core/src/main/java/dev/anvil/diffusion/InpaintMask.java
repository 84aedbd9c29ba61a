package dev.anvil.diffusion;

import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PilResize;

/** What is painted anew, as diffusers cuts it (docs/model-contracts.md section 5.5). */
final class InpaintMask {
  /** Pixels of a picture to one of its latents, each way. */
  static final int CELL = 8;

  private InpaintMask() {}

  /** 1 where the mask, resized by Lanczos in 8 bits, is at least one half, else 0. */
  static float[] of(Mask mask, int width, int height) {
    Picture grey = PilResize.resize(mask.toPicture(), width, height, PilResize.Filter.LANCZOS);
    float[] out = new float[width * height];
    for (int i = 0; i < out.length; i++) {
      out[i] = (grey.rgb()[i * 3] & 255) / 255f >= .5f ? 1 : 0;
    }
    return out;
  }

  /** The mask's values at the first pixel of each latent. */
  static float[] latent(float[] mask, int width, int height) {
    int w = width / CELL;
    float[] out = new float[w * (height / CELL)];
    for (int i = 0; i < out.length; i++) {
      out[i] = mask[i / w * CELL * width + i % w * CELL];
    }
    return out;
  }
}
