package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a campaign is read from and how.
 *
 * @param posts a CSV, TSV, JSON Lines, JSON or Parquet file, or a folder with one of them
 * @param pictures the folder of the pictures, when it is not the posts' own
 * @param columns what the columns are
 * @param strict whether a single bad row refuses the whole file
 */
public record CampaignSource(
    Path posts, Optional<Path> pictures, ColumnMapping columns, boolean strict) {
  public CampaignSource {
    requireNonNull(posts, "posts is null");
    requireNonNull(pictures, "pictures is null");
    requireNonNull(columns, "columns is null");
  }

  /** A file or folder in which everything is recognised and bad rows are set aside. */
  public static CampaignSource of(Path posts) {
    return new CampaignSource(posts, Optional.empty(), ColumnMapping.RECOGNISE, false);
  }
}
