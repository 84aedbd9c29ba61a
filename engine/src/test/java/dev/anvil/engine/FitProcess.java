package dev.anvil.engine;

import dev.anvil.RunContext;
import dev.anvil.engine.request.ImportRequest;
import java.nio.file.Path;

/** Imports and fits in a process of its own, and prints each phase that begins. */
final class FitProcess {
  private FitProcess() {}

  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    try (Anvil anvil = new EngineFixture(folder).open()) {
      RunContext context =
          RunContext.of((Listening) phase -> System.out.println("phase " + phase.name()));
      anvil.run(ImportRequest.of(folder.resolve("spring/posts.csv"), "Spring"), context);
      anvil.run(EngineFixture.fit("Spring"), context);
    }
  }
}
