package dev.anvil.web;

/**
 * What one upload may hold at most.
 *
 * @param files number of files
 * @param fileBytes bytes of a file
 * @param bytes of all files together
 * @param slowest bytes a second below which a sender is cut off
 */
public record UploadLimits(int files, long fileBytes, long bytes, long slowest) {
  /** 200,000 files of at most 64 MiB, 64 GiB together, no slower than 1 KiB a second. */
  public static final UploadLimits USUAL = new UploadLimits(200_000, 64L << 20, 64L << 30, 1 << 10);

  public UploadLimits {
    if (files < 1 || fileBytes < 1 || bytes < 1 || slowest < 0) {
      throw new IllegalArgumentException("limits are below 1");
    }
  }
}
