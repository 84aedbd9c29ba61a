package dev.anvil.engine.service.campaign;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.anvil.InternalException;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Growth;
import dev.anvil.campaign.Post;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.store.ResultStore;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Posts that a complete export did not have any more; they stay in the campaign as history. */
public final class DeletedPosts {
  private static final String KIND = "deleted posts";

  private final ResultStore results;

  public DeletedPosts(ResultStore results) {
    this.results = requireNonNull(results, "results is null");
  }

  /** By id, whether the last value that was read was mature. */
  public Map<String, Boolean> of(String campaign) {
    try {
      String known = results.get(KIND, campaign).orElse("{}");
      return EngineJson.compact().readValue(known, new TypeReference<Map<String, Boolean>>() {});
    } catch (JsonProcessingException e) {
      throw new InternalException("the deleted posts of " + campaign + " are not JSON", e);
    }
  }

  /**
   * After an import.
   *
   * @param known as it was before
   * @param rows that were read
   * @param complete whether these are all posts that there are
   */
  void update(Campaign known, Campaign rows, Growth growth, boolean complete) {
    Map<String, Boolean> deleted = new TreeMap<>(of(known.name()));
    rows.posts().forEach(p -> deleted.remove(p.id()));
    if (complete) {
      Set<String> mature =
          known.mature().posts().stream().map(Post::id).collect(Collectors.toSet());
      growth.absent().forEach(id -> deleted.putIfAbsent(id, mature.contains(id)));
    }
    try {
      results.put(KIND, known.name(), EngineJson.compact().writeValueAsString(deleted));
    } catch (JsonProcessingException e) {
      throw new InternalException("deleted posts have no JSON", e);
    }
  }
}
