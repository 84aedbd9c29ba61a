package dev.anvil.engine.service.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.anvil.InternalException;
import dev.anvil.NotFoundException;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.CampaignStore;
import dev.anvil.engine.network.Models;
import dev.anvil.engine.network.Networks;
import dev.anvil.engine.outcome.ImportHealth;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.predict.refit.RefitWorkers;
import dev.anvil.store.Stores;
import dev.anvil.workspace.WriteLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What services work with.
 *
 * @param folder of the workspace
 * @param stores what is kept
 * @param networks shared
 * @param models shared
 * @param refits who makes the refits of a fit
 */
public record Parts(
    Path folder, Stores stores, Networks networks, Models models, RefitWorkers refits) {
  private static final String HEALTH = "import";

  public Parts {
    requireNonNull(folder, "folder is null");
    requireNonNull(stores, "stores is null");
    requireNonNull(networks, "networks is null");
    requireNonNull(models, "models is null");
    requireNonNull(refits, "refits is null");
  }

  /** Refits are made in this process. */
  public Parts(Path folder, Stores stores, Networks networks, Models models) {
    this(folder, stores, networks, models, RefitWorkers.HERE);
  }

  /** The campaigns of the workspace. */
  public CampaignStore campaigns() {
    return new CampaignStore(stores);
  }

  /**
   * A campaign by name.
   *
   * @param name empty for the one imported last
   * @throws NotFoundException when there is none
   */
  public Campaign campaign(Optional<String> name) {
    List<String> names = campaigns().names();
    String wanted =
        name.or(() -> names.stream().findFirst())
            .orElseThrow(
                () -> new NotFoundException("campaign", "the workspace has none; expected one"));
    return campaigns()
        .load(wanted)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "campaign \"%s\"".formatted(wanted),
                    "is not in the workspace; found %s".formatted(names)));
  }

  /**
   * Waits until no other process and thread adds to campaigns or predictions; close it. It goes
   * with the process, however that ends.
   */
  public WriteLock lockHistory() throws IOException {
    return WriteLock.on(folder.resolve("history.lock"));
  }

  /** Artefacts of a run. */
  public RunFolder artefacts(long run) {
    return new RunFolder(run, stores);
  }

  /** What was found when a campaign was imported, by its name. */
  public Optional<ImportHealth> health(String campaign) {
    return stores.results().get(HEALTH, campaign).map(Parts::readHealth);
  }

  /** Keeps what was found when a campaign was imported. */
  public void keepHealth(String campaign, ImportHealth health) {
    try {
      stores.results().put(HEALTH, campaign, EngineJson.compact().writeValueAsString(health));
    } catch (JsonProcessingException e) {
      throw new InternalException("what was found by an import cannot be written", e);
    }
  }

  private static ImportHealth readHealth(String json) {
    try {
      return EngineJson.compact().readValue(json, ImportHealth.class);
    } catch (JsonProcessingException e) {
      throw new InternalException("what is known of an import is not JSON", e);
    }
  }
}
