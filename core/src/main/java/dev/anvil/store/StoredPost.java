package dev.anvil.store;

import static java.util.Objects.requireNonNull;

/**
 * A post as it is kept.
 *
 * @param creative SHA-256 of the picture
 * @param picture the picture's file
 * @param time ISO local date and time, whose order as text is their order in time; "" when unknown
 * @param metrics JSON object, name to number
 * @param metadata JSON object, name to text
 */
public record StoredPost(
    String id, String creative, String picture, String time, String metrics, String metadata) {
  public StoredPost {
    requireNonNull(id, "id is null");
    requireNonNull(creative, "creative is null");
    requireNonNull(picture, "picture is null");
    requireNonNull(time, "time is null");
    requireNonNull(metrics, "metrics is null");
    requireNonNull(metadata, "metadata is null");
  }
}
