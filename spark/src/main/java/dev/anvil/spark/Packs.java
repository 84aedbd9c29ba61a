package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.MissingPackException;
import dev.anvil.Problem;
import dev.anvil.Sha256;
import dev.anvil.packs.ModelPack;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.SparkContext;

/**
 * The model packs that executors must have.
 *
 * @param ids of the driver's packs, by name: each is made of the hashes of the pack's files
 * @param installed folder of the executors that has them already; null where they are sent
 */
record Packs(TreeMap<String, String> ids, String installed) implements Serializable {
  private static final String ARCHIVE = "anvil-packs-";

  Packs {
    requireNonNull(ids, "ids is null");
  }

  /**
   * Packs for executors. Unless a folder is named, they are sent to each executor once, as an
   * archive.
   *
   * @param found the driver's packs
   * @param installed folder of packs on every executor
   */
  static Packs of(List<ModelPack> found, Optional<String> installed, SparkContext spark)
      throws IOException {
    TreeMap<String, String> ids = new TreeMap<>();
    List<ModelPack> taken = new ArrayList<>();
    for (ModelPack pack : found) {
      if (ids.putIfAbsent(pack.folder().getFileName().toString(), pack.id()) == null) {
        taken.add(pack);
      }
    }
    Packs packs = new Packs(ids, installed.orElse(null));
    if (installed.isEmpty()) {
      Archive.send(packs.name(), taken.stream().map(ModelPack::folder).toList(), spark);
    }
    return packs;
  }

  private String name() {
    return ARCHIVE + Sha256.of(ids.toString()).substring(0, 16);
  }

  /** Where this executor has them. */
  Path folder() {
    return installed == null ? Archive.folder(name()) : Path.of(installed);
  }

  /**
   * Hashes every file of every pack.
   *
   * @throws MissingPackException when one is not there
   * @throws InvalidInputException when one has other files than the driver's
   */
  void check(Path folder) throws IOException {
    String host = InetAddress.getLocalHost().getHostName();
    List<Problem> problems = new ArrayList<>();
    for (String name : ids.keySet()) {
      Path pack = folder.resolve(name);
      if (!Files.isRegularFile(pack.resolve(ModelPack.MANIFEST))) {
        throw new MissingPackException(
            name,
            "executor on " + host,
            "found no pack \"%s\" in %s; expected the driver's (leave out --executor-packs to have packs sent)"
                .formatted(name, folder));
      }
      String id = ModelPack.verify(pack).id();
      if (!id.equals(ids.get(name))) {
        problems.add(
            new Problem(
                "executor on " + host,
                "found the pack \"%s\" as %s in %s; expected %s, the driver's"
                    .formatted(name, id, folder, ids.get(name))));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }
}
