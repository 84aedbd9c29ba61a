package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  @Timeout(240)
  void picturesWithUmlautsAreFoundInALocaleWithoutThem() throws Exception {
    Path creatives = SmallCampaign.write(folder, 12).getParent();
    // this Java may be unable to name such a file, so the shell makes it
    Files.writeString(
        creatives.resolve("umlauts.csv"),
        "picture,date,clicks\nGr\u00fcn.jpg,2022-01-03,12\n",
        StandardCharsets.UTF_8);
    Path archive = Files.createFile(folder.resolve("no.jsa"));
    ProcessBuilder launcher =
        launcher(
            "mv a0.jpg \"$(printf 'Gr\\303\\274n.jpg')\"",
            archive,
            "import",
            "umlauts.csv",
            "-w",
            folder + "/w");
    launcher.directory(creatives.toFile()).environment().put("LC_ALL", "C");
    String said = output(launcher);
    assertThat(said).contains("1 post");
  }

  @Test
  @Timeout(240)
  void whatHelpSaysIsKeptForTheNextTime() throws Exception {
    Path archive = folder.resolve("anvil.jsa");
    String first = output(launcher("", archive, "help"));
    assertThat(first).contains("Usage: anvil", "import", "studio");
    assertThat(archive.resolveSibling("anvil.jsa.help")).hasContent(first);
    assertThat(output(launcher("", archive, "help"))).isEqualTo(first);
    assertThat(output(launcher("", archive, "help", "import"))).contains("Usage: anvil import");
  }

  /** A process that runs a script, and then Anvil as the launchers do. */
  private static ProcessBuilder launcher(String before, Path archive, String... arguments) {
    String script =
        """
        %s
        home='%s' archive='%s' program=(-cp '%s' %s)
        . "$home/dist/launch.sh"
        """
            .formatted(
                before,
                Main.home(),
                archive,
                System.getProperty("java.class.path"),
                Main.class.getName());
    List<String> command = new ArrayList<>(List.of("bash", "-euc", script, "anvil"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  private static String output(ProcessBuilder launcher) throws Exception {
    Process process = launcher.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
