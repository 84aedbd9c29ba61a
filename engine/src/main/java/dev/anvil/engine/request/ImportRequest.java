package dev.anvil.engine.request;

import static dev.anvil.engine.request.Paths.absolute;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.anvil.InvalidInputException;
import dev.anvil.campaign.ColumnMapping;
import dev.anvil.campaign.Formats;
import dev.anvil.engine.outcome.ImportOutcome;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Read posts and their pictures as a campaign.
 *
 * @param posts file of posts, or a folder that has one
 * @param pictures folder of the pictures; empty for beside the posts
 * @param columns which column means what, where it is not recognised by name
 * @param formats how cells are written, where they do not show it
 * @param strict whether a single row that cannot be used refuses everything
 * @param name of the campaign; empty for that of the file
 * @param append whether the rows are added to a campaign that is there, instead of replacing it
 * @param complete whether the rows that are added are all posts of the campaign, so that known
 *     posts without a row were deleted
 */
public record ImportRequest(
    Path posts,
    Optional<Path> pictures,
    ColumnMapping columns,
    Formats formats,
    boolean strict,
    Optional<String> name,
    boolean append,
    boolean complete)
    implements Request<ImportOutcome> {
  public static final String JOB = "import";

  public ImportRequest {
    posts = absolute(requireNonNull(posts, "posts is null"));
    pictures = pictures.map(Paths::absolute);
    requireNonNull(columns, "columns is null");
    formats = requireNonNullElse(formats, Formats.SHOWN);
    requireNonNull(name, "name is null");
    if (complete && !append) {
      throw new InvalidInputException(
          "complete", "found it without append; expected both: --append --complete");
    }
  }

  /** Posts with pictures beside them, columns recognised by name. */
  public static ImportRequest of(Path posts, String name) {
    return new ImportRequest(
        posts,
        Optional.empty(),
        ColumnMapping.RECOGNISE,
        Formats.SHOWN,
        false,
        Optional.of(name),
        false,
        false);
  }

  /** The same, added to the campaign of that name. */
  public ImportRequest appending() {
    return new ImportRequest(posts, pictures, columns, formats, strict, name, true, complete);
  }

  /** The same, added as all posts that the campaign has. */
  public ImportRequest appendingAll() {
    return new ImportRequest(posts, pictures, columns, formats, strict, name, true, true);
  }

  @Override
  public String job() {
    return JOB;
  }
}
