package dev.anvil.engine.service.campaign;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.anvil.InternalException;
import dev.anvil.campaign.Growth;
import dev.anvil.campaign.Growth.Revision;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.store.ResultStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values of posts that were revised, with the time at which the later one was read. */
public final class Readings {
  private static final String KIND = "revised values";

  private final ResultStore results;

  /**
   * A value that was read again.
   *
   * @param read when
   * @param late whether the earlier value counted as final, and the change is no small one
   */
  public record Reading(Instant read, Revision revision, boolean late) {}

  public Readings(ResultStore results) {
    this.results = requireNonNull(results, "results is null");
  }

  /** All of a campaign, oldest first. */
  public List<Reading> of(String campaign) {
    try {
      String known = results.get(KIND, campaign).orElse("[]");
      return EngineJson.compact().readValue(known, new TypeReference<List<Reading>>() {});
    } catch (JsonProcessingException e) {
      throw new InternalException("the revised values of " + campaign + " are not JSON", e);
    }
  }

  void add(Growth growth, Instant now) {
    if (growth.revised().isEmpty()) {
      return;
    }
    String campaign = growth.campaign().name();
    List<Reading> all = new ArrayList<>(of(campaign));
    Map<String, Revision> last = new HashMap<>();
    all.forEach(r -> last.put(key(r.revision()), r.revision()));
    growth.revised().stream()
        .filter(r -> !r.equals(last.get(key(r)))) // kept by an import that was stopped
        .forEach(r -> all.add(new Reading(now, r, growth.late().contains(r))));
    try {
      results.put(KIND, campaign, EngineJson.compact().writeValueAsString(all));
    } catch (JsonProcessingException e) {
      throw new InternalException("a revised value has no JSON", e);
    }
  }

  private static String key(Revision revision) {
    return revision.post() + "\n" + revision.metric();
  }
}
