package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a campaign is read from and how.
 *
 * @param posts a CSV, TSV, XLSX, JSON Lines, JSON or Parquet file, or a folder with one of them
 * @param pictures the folder of the pictures, when it is not the posts' own
 * @param columns what the columns are
 * @param formats how their cells are written
 * @param strict whether a single bad row refuses the whole file
 */
public record CampaignSource(
    Path posts, Optional<Path> pictures, ColumnMapping columns, Formats formats, boolean strict) {
  public CampaignSource {
    requireNonNull(posts, "posts is null");
    requireNonNull(pictures, "pictures is null");
    requireNonNull(columns, "columns is null");
    requireNonNull(formats, "formats is null");
  }

  /** A table whose cells show how they are written. */
  public CampaignSource(
      Path posts, Optional<Path> pictures, ColumnMapping columns, boolean strict) {
    this(posts, pictures, columns, Formats.SHOWN, strict);
  }

  /** A file or folder in which everything is recognised and bad rows are set aside. */
  public static CampaignSource of(Path posts) {
    return new CampaignSource(posts, Optional.empty(), ColumnMapping.RECOGNISE, false);
  }
}
