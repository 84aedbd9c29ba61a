package dev.anvil.lab.fuzz;

import dev.anvil.RunContext;
import dev.anvil.campaign.CampaignReader;
import dev.anvil.campaign.CampaignSource;
import dev.anvil.campaign.PictureCheck;
import java.nio.file.Files;

/** CSV. */
public final class FuzzTables {
  private FuzzTables() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Scratch.read(
        "posts.csv",
        input,
        file -> {
          Files.write(file.resolveSibling("p0.jpg"), new byte[] {1});
          Files.write(file.resolveSibling("p1.jpg"), new byte[] {2});
          new CampaignReader(PictureCheck.NONE).read(CampaignSource.of(file), RunContext.NONE);
        });
  }
}
