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
 * @param moved ids of known posts that are of another account now
 * @param late of the revised values, those that counted as final and are much larger or smaller now
 * @param deleted ids of known posts that a complete export does not have; they stay as history
 */
public record ImportGrowth(
    int posts,
    List<String> added,
    List<Revision> revised,
    List<String> changedPictures,
    List<String> moved,
    List<Revision> late,
    List<String> deleted) {
  public ImportGrowth {
    added = List.copyOf(added);
    revised = List.copyOf(revised);
    changedPictures = List.copyOf(changedPictures);
    moved = List.copyOf(moved);
    late = List.copyOf(late);
    deleted = List.copyOf(deleted);
  }

  /**
   * Of a campaign that grew.
   *
   * @param complete whether the rows were all posts of the campaign
   */
  public static ImportGrowth of(Growth growth, boolean complete) {
    return new ImportGrowth(
        growth.campaign().posts().size(),
        growth.added(),
        growth.revised(),
        growth.changedPictures(),
        growth.moved(),
        growth.late(),
        complete ? growth.absent() : List.of());
  }
}
