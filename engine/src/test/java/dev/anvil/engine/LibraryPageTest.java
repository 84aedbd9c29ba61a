package dev.anvil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.engine.request.Request;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/library.md says what is true: its program compiles, runs and writes a report. */
class LibraryPageTest {
  private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private static final Path PAGE = EngineFixture.HOME.resolve("docs/library.md");

  @TempDir Path folder;

  @Test
  void namesEveryRequest() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(Request.class.getPermittedSubclasses())
        .extracting(Class::getSimpleName)
        .allMatch(name -> page.contains("`" + name + "`"));
  }

  @Test
  void theProgramOnThePageDoesTheWholeJob() throws Exception {
    Matcher page = PROGRAM.matcher(Files.readString(PAGE));
    assertThat(page.find()).isTrue();
    assertThat(page.group(1).lines().count()).isLessThan(45);
    Path source = Files.writeString(folder.resolve("WholeJob.java"), page.group(1));
    String classPath = System.getProperty("java.class.path");
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", classPath, "-d", folder.toString(), source.toString());
    assertThat(compiled).isZero();
    Path posts = new EngineFixture(folder).posts("spring", 60, 4);
    Path workspace = folder.resolve("work");
    WarmWorkspace.copyPicturesTo(workspace);

    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      loader
          .loadClass("WholeJob")
          .getMethod("main", String[].class)
          .invoke(
              null,
              (Object)
                  new String[] {
                    workspace.toString(), posts.toString(), EngineFixture.BUNDLED.toString()
                  });
    }

    assertThat(workspace.resolve("report/report.html")).content().contains("Spring", "clicks");
  }
}
