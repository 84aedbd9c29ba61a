package dev.anvil.lab.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Folders and files that may not be written: the workspace, its parts, the target of a table. Root
 * may write everywhere, so as root the commands run as another user.
 */
final class ReadOnly implements Attack {
  private static final List<String> PARTS =
      List.of(".", "anvil.db", "blobs", "embeddings", "open.lock");
  private static final String NOBODY = "65534";

  @Override
  public String name() {
    return "read-only";
  }

  @Override
  public String expectation() {
    return "refused in words, or answered as without it; nothing is changed or lost";
  }

  @Override
  public void run(Bench bench, Tally tally) throws IOException, InterruptedException {
    boolean root = "root".equals(System.getProperty("user.name"));
    AttackTarget target = bench.target();
    if (root) {
      if (Disks.run("setpriv", "--reuid", NOBODY, "--clear-groups", "true") != 0) {
        tally.left("root may write everywhere, and setpriv is not there to become another user");
        return;
      }
      target =
          target
              .behind("setpriv", "--reuid", NOBODY, "--clear-groups")
              .with("ANVIL_NATIVES", bench.fresh("natives").toString());
      Disks.run("chmod", "a+rwx", target.environment().get("ANVIL_NATIVES"));
    }
    for (int i = 0; i < PARTS.size(); i += bench.settings().share()) {
      Path workspace = bench.fresh("read-only").resolve("w");
      Disks.run("cp", "-a", bench.whole().toString(), workspace.toString());
      Disks.run("chmod", "a+rx", bench.folder().toString(), workspace.getParent().toString());
      if (root) {
        Disks.run("chown", "-R", NOBODY, workspace.toString());
      }
      Path part = workspace.resolve(PARTS.get(i));
      if (!Files.exists(part)) {
        continue;
      }
      Disks.run("chmod", "-R", "a-w", part.toString());
      for (String[] command : bench.feed().questions()) {
        Answer answer = target.run(bench.feed().folder(), Feed.in(workspace, command));
        boolean same = bench.results().contains(answer.results());
        boolean inWords =
            !answer.isHung() && !answer.hasStack() && answer.code() <= 3 && !answer.err().isBlank();
        tally.check(
            same || (answer.code() != 0 && inWords),
            "%s of %s".formatted(command[0], PARTS.get(i)),
            answer.summary());
      }
      Disks.run("chmod", "-R", "u+w", workspace.toString());
      if (root) {
        Disks.run("chown", "-R", "0", workspace.toString());
      }
      tally.check(
          bench.answers(workspace).equals(bench.results()),
          PARTS.get(i) + ", then writable",
          "other results");
    }
  }
}
