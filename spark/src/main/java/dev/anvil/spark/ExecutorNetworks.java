package dev.anvil.spark;

import dev.anvil.edit.remote.Consent;
import dev.anvil.engine.network.Networks;
import dev.anvil.packs.ModelStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * The networks of an executor's process: each is opened once, whatever the number of tasks that run
 * in it at once or one after another.
 */
final class ExecutorNetworks {
  private static final Map<Packs, Networks> OPEN = new HashMap<>();

  private ExecutorNetworks() {}

  /**
   * The networks of packs; checks the packs' hashes when they are asked for first.
   *
   * @param threads within one call of a network that one caller uses
   * @throws dev.anvil.AnvilException when this executor lacks a pack, or has another one
   */
  static synchronized Networks of(Packs packs, int threads) throws IOException {
    Networks open = OPEN.get(packs);
    if (open == null) {
      // readers of pictures come with the job's jar, which the process did not have when it began
      ImageIO.scanForPlugins();
      Path folder = packs.folder();
      packs.check(folder);
      // nothing leaves an executor: a study with a remote editor is refused by the editor
      open = new Networks(new ModelStore(List.of(folder)), threads, Consent.NONE);
      OPEN.put(packs, open);
    }
    return open;
  }

  /** How many sets of packs are open in this process, each network of one once. */
  static synchronized int opened() {
    return OPEN.size();
  }
}
