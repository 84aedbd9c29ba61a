package dev.anvil.packs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the networks of a pack are together, and by which roles they are known
 * (docs/model-contracts.md sections 2 to 7).
 */
public enum PackKind {
  /** Made for Anvil: {@code detector}, {@code encoder} of pictures and masks. */
  ANVIL,
  /**
   * Pictures and texts in one space, CLIP and SigLIP: {@code model}, or {@code vision}, {@code
   * text}.
   */
  CLIP,
  /** A picture's features before a classifier, such as ResNet-200d: {@code model}. */
  BACKBONE,
  /** OneFormer with its task tokens: {@code model}. */
  ONEFORMER,
  /** Mask2Former: {@code model}. */
  MASK2FORMER,
  /** MaskFormer: {@code model}. */
  MASKFORMER,
  /** DETR for panoptic segmentation: {@code model}. */
  DETR,
  /** SegFormer and whatever gives logits per class and pixel: {@code model}. */
  SEGFORMER,
  /** An element by a text, CLIPSeg: {@code model}. */
  CLIPSEG,
  /** An element by a point or a box, Segment Anything: {@code encoder}, {@code decoder}. */
  SAM,
  /** The foreground, U2-Net and its kin: {@code model}. */
  FOREGROUND,
  /**
   * Latent diffusion: {@code text_encoder}, {@code unet}, {@code vae_decoder}; {@code vae_encoder},
   * {@code controlled_unet} and {@code safety_checker} where the pack has them.
   */
  STABLE_DIFFUSION,
  /** What a diffusion is held to: {@code model}. */
  CONTROLNET,
  /** Fills a hole, LaMa and MI-GAN: {@code model}. */
  INPAINTING,
  /** How near each pixel is: {@code model}. */
  DEPTH,
  /** Sentences, MiniLM: {@code model}. */
  SENTENCE;

  /** The kind's name in a manifest, for example {@code stable-diffusion}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of that name. */
  public static Optional<PackKind> of(String text) {
    return Arrays.stream(values()).filter(k -> k.text().equals(text)).findFirst();
  }

  /** All names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(PackKind::text).toList();
  }
}
