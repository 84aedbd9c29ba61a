package dev.anvil.campaign;

import dev.anvil.RunContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** A folder of small files that stand for pictures, each with bytes of its own. */
final class PostFiles {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2024-01-01T00:00:00Z"), ZoneOffset.UTC);

  /** Takes files whose text begins with "broken" for broken. */
  static final PictureCheck CHECK =
      (file, bytes) ->
          new String(bytes, StandardCharsets.UTF_8).startsWith("broken")
              ? Optional.of("found no picture; expected JPEG")
              : Optional.empty();

  private PostFiles() {}

  static void pictures(Path folder, String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }

  static ReadReport read(Path file) {
    return read(CampaignSource.of(file));
  }

  static ReadReport read(CampaignSource source) {
    return new CampaignReader(CHECK).read(source, RunContext.NONE.withClock(CLOCK));
  }
}
