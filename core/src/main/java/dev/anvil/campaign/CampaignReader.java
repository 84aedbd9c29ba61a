package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.campaign.table.TableFiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and validates the posts that people have.
 *
 * <p>Formats are decided once per column, from all of its cells. Rows that cannot be used are set
 * aside with every reason; problems of the file or of a column refuse the whole. A metric that is
 * empty is unknown, not zero. Rows that are no posts (totals, repeated headers) are left out.
 */
public final class CampaignReader {
  private final PictureCheck check;

  public CampaignReader(PictureCheck check) {
    this.check = requireNonNull(check, "check is null");
  }

  /**
   * Reads a campaign, which is named after its file.
   *
   * @param context its clock tells which times lie in the future; times with a zone become local
   *     times of its zone, unless the source names one
   * @throws InvalidInputException with all problems, when a column is missing or cannot be
   *     understood, when no row can be used, or when any cannot and the source is strict
   */
  public ReadReport read(CampaignSource source, RunContext context) {
    Path file =
        TableFiles.find(source.posts(), Set.of(ReadReport.QUARANTINE), PictureFinder::isPicture);
    requireFolder(source.pictures());
    return new TableReading(source, file, check, context).report();
  }

  private static void requireFolder(Optional<Path> pictures) {
    pictures
        .filter(folder -> !folder.toFile().isDirectory())
        .ifPresent(
            folder -> {
              throw new InvalidInputException(
                  folder.toString(), "is not a folder; expected the folder of the pictures");
            });
  }
}
