package dev.anvil.store;

import java.util.List;
import java.util.Optional;

/** Campaigns and their posts. Safe for use from several threads and processes. */
public interface PostStore {
  /**
   * Keeps a campaign and all of its posts in place of the one of its name, or nothing of it.
   *
   * @param source where the posts were read from, for people
   * @param kinds metric to what its values can be, as JSON
   * @param advice what import decided or suggests, as JSON
   */
  void save(String campaign, String source, String kinds, String advice, List<StoredPost> posts);

  /**
   * Posts of a campaign by time, then id; empty when there is no such campaign.
   *
   * @throws DamagedException when the posts are not those that were saved
   */
  Optional<List<StoredPost>> load(String campaign);

  /** Names of the campaigns, the last saved first. */
  List<String> names();

  /** What {@link #save} was told of a campaign's metrics; {} before that was kept. */
  Optional<String> kinds(String campaign);

  /** The advice that {@link #save} was given; empty before that was kept. */
  Optional<String> advice(String campaign);

  /** What {@link #save} was told about a campaign's source. */
  Optional<String> source(String campaign);
}
