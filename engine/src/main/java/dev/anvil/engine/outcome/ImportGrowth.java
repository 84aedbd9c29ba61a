package dev.anvil.engine.outcome;

import dev.anvil.campaign.Growth;
import dev.anvil.campaign.Growth.Revision;
import java.util.List;

/**
 * What an import added to a campaign.
 *
 * @param posts that the campaign has now
 * @param added ids of posts that were not known
 * @param revised values of known posts that are others now
 * @param changedPictures ids of known posts whose picture is another one now
 */
public record ImportGrowth(
    int posts, List<String> added, List<Revision> revised, List<String> changedPictures) {
  public ImportGrowth {
    added = List.copyOf(added);
    revised = List.copyOf(revised);
    changedPictures = List.copyOf(changedPictures);
  }

  /** Of a campaign that grew. */
  public static ImportGrowth of(Growth growth) {
    return new ImportGrowth(
        growth.campaign().posts().size(),
        growth.added(),
        growth.revised(),
        growth.changedPictures());
  }
}
