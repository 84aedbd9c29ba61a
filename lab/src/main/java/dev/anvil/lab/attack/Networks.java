package dev.anvil.lab.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Hostile networks, added as a pack. */
final class Networks implements Attack {
  @Override
  public String name() {
    return "hostile network";
  }

  @Override
  public String expectation() {
    return "refused in words, in time and in 1 GB of Java's memory";
  }

  @Override
  public void run(Bench bench, Tally tally) throws IOException, InterruptedException {
    Path home = bench.settings().scenes().getParent().getParent().getParent();
    byte[] sound = Files.readAllBytes(network(home.resolve("models/mobilenet-ssd")));
    Side.each(
        1,
        bench.some(HostileNetworks.all(sound)),
        one -> {
          Path folder = bench.fresh("network");
          Path file = Files.write(folder.resolve("resnet50.onnx"), one.content());
          AttackTarget target =
              bench
                  .target()
                  .option("-Danvil.network.seconds=10")
                  .with("ANVIL_MODELS", folder.resolve("models").toString());
          Answer answer = target.run(folder, "models", "add", file.toString(), "--licence", "MIT");
          tally.check(one.holds(answer), one.name(), answer.summary());
        });
  }

  private static Path network(Path pack) throws IOException {
    try (Stream<Path> files = Files.list(pack)) {
      return files.filter(f -> f.toString().endsWith(".onnx")).findFirst().orElseThrow();
    }
  }
}
