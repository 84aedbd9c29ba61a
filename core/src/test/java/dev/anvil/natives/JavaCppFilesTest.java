package dev.anvil.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On JavaCPP's own library, laid out as JavaCPP does. */
class JavaCppFilesTest {
  @TempDir Path folder;

  @Test
  void aFileWithOneBitChangedIsDeletedAndOthersStay() throws Exception {
    String entry =
        "org/bytedeco/javacpp/%s/%s"
            .formatted(Loader.getPlatform(), System.mapLibraryName("jnijavacpp"));
    URL resource = JavaCppFilesTest.class.getClassLoader().getResource(entry);
    String jar = ((JarURLConnection) resource.openConnection()).getJarFileURL().getPath();
    Path inJar = folder.resolve(jar.substring(jar.lastIndexOf('/') + 1)).resolve(entry);
    Files.createDirectories(inJar.getParent());
    Path renamed = inJar.resolveSibling("other-name.so");
    byte[] bytes;
    try (InputStream in = resource.openStream()) {
      bytes = in.readAllBytes();
    }
    Files.write(renamed, bytes);
    bytes[1000] ^= 1;
    Files.write(inJar, bytes);
    List<String> notes = new ArrayList<>();
    new JavaCppFiles(folder, notes::add).removeDamaged();
    assertThat(inJar).doesNotExist();
    assertThat(renamed).exists();
    assertThat(notes).containsExactly(inJar + " was damaged and has been unpacked again");
  }
}
