package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dist/launch.sh} sets for Java, which both launchers source. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
  @TempDir Path folder;

  @Test
  @Timeout(60)
  void picturesWithUmlautsAreFoundInALocaleWithoutThem() throws Exception {
    Path creatives = SmallCampaign.write(folder, 12).getParent();
    // this Java may be unable to name such a file, so the shell makes it
    Files.writeString(
        creatives.resolve("umlauts.csv"),
        "picture,date,clicks\nGr\u00fcn.jpg,2022-01-03,12\n",
        StandardCharsets.UTF_8);
    Path archive = Files.createFile(folder.resolve("no.jsa"));
    String script =
        """
        mv a0.jpg "$(printf 'Gr\\303\\274n.jpg')"
        home='%s' archive='%s' program=(-cp '%s' %s)
        . "$home/dist/launch.sh"
        """
            .formatted(
                Main.home(), archive, System.getProperty("java.class.path"), Main.class.getName());
    ProcessBuilder launcher =
        new ProcessBuilder(
                "bash", "-euc", script, "anvil", "import", "umlauts.csv", "-w", folder + "/w")
            .directory(creatives.toFile())
            .redirectErrorStream(true);
    launcher.environment().put("LC_ALL", "C");
    Process process = launcher.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("1 post");
  }
}
