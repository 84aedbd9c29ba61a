package dev.anvil.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On SQLite's library, as it lies in its jar. */
class NativeCacheTest {
  private static final String RESOURCE = "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so";
  private static final List<URL> RESOURCES =
      List.of(NativeCacheTest.class.getClassLoader().getResource(RESOURCE));

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();
  private Path file;
  private byte[] whole;

  @BeforeEach
  void unpack() throws IOException {
    file = provide();
    whole = Files.readAllBytes(file);
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
  }

  @Test
  void whatIsThereIsNotUnpackedAgain() throws IOException {
    assertThat(provide()).isEqualTo(file).hasBinaryContent(bytesInJar());
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(0));
    assertThat(file.getParent().getFileName().toString()).startsWith("sqlite-jdbc-3.");
    assertThat(notes).isEmpty();
  }

  @Test
  void aFileWithOneBitChangedIsUnpackedAgainAndThatIsSaid() throws IOException {
    byte[] changed = whole.clone();
    changed[changed.length / 2] ^= 1;
    Files.write(file, changed);
    assertThat(provide()).hasBinaryContent(whole);
    assertThat(notes).containsExactly(file + " was damaged and has been unpacked again");
  }

  @Test
  void aFileThatEndsEarlyIsUnpackedAgain() throws IOException {
    Files.write(file, new byte[10]);
    assertThat(provide()).hasBinaryContent(whole);
    assertThat(notes).hasSize(1);
  }

  @Test
  void whatAKilledUnpackingLeftDoesNoHarmAndIsGone() throws IOException {
    Files.delete(file);
    Path partial = Files.write(file.resolveSibling("libsqlitejdbc.so.partial"), new byte[10]);
    assertThat(provide()).hasBinaryContent(whole);
    assertThat(partial).doesNotExist();
    assertThat(notes).isEmpty();
  }

  @Test
  void linksAreReplacedAndWhatTheyPointToIsLeftAlone() throws IOException {
    assumeTrue(PrivateFolder.hasOwners());
    Path other = Files.write(folder.resolve("other"), new byte[] {7});
    Path copy = Files.write(folder.resolve("copy"), whole);
    for (Path target : List.of(other, copy)) {
      Files.delete(file);
      Files.createSymbolicLink(file, target);
      Files.createSymbolicLink(file.resolveSibling("libsqlitejdbc.so.partial"), other);
      assertThat(provide()).isRegularFile().hasBinaryContent(whole);
      assertThat(Files.isSymbolicLink(file)).isFalse();
    }
    assertThat(other).hasBinaryContent(new byte[] {7});
  }

  @Test
  void aFolderThatOthersCanWriteToIsRefused() throws IOException {
    assumeTrue(PrivateFolder.hasOwners());
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setAttribute(open, "unix:mode", 0777);
    Path link = Files.createSymbolicLink(folder.resolve("link"), open);
    for (Path root : List.of(open, link, open.resolve("below"), link.resolve("below"))) {
      assertThatThrownBy(() -> new NativeCache(root, notes::add))
          .isInstanceOf(IOException.class)
          .hasMessage("others can write to %s; chmod go-w mends that", open.toRealPath());
    }
    Files.setAttribute(open, "unix:mode", 01777); // as /tmp: nobody renames what others made
    assertThat(new NativeCache(open.resolve("own"), notes::add).provide(RESOURCES)).isDirectory();
  }

  @Test
  void aFolderOfAnotherUserIsRefused() throws IOException {
    assumeTrue(PrivateFolder.hasOwners());
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    try {
      Files.setAttribute(theirs, "unix:uid", 12345);
    } catch (IOException e) {
      assumeTrue(false, "only root gives folders away");
    }
    assertThatThrownBy(() -> new NativeCache(theirs.resolve("anvil"), notes::add))
        .hasMessage(theirs.toRealPath() + " belongs to another user");
  }

  @Test
  void aFileInPlaceOfTheFolderIsAnErrorInWords() throws IOException {
    Path taken = Files.write(folder.resolve("taken"), new byte[0]);
    assertThatThrownBy(() -> new NativeCache(taken, notes::add)).isInstanceOf(IOException.class);
  }

  @Test
  void theFolderIsTheOneNamedOrTheUsersCache() {
    assertThat(NativeLibraries.folder(Map.of("ANVIL_NATIVES", "/x/y"))).isEqualTo(Path.of("/x/y"));
    assertThat(NativeLibraries.folder(Map.of())).endsWith(Path.of("anvil/natives"));
  }

  private Path provide() throws IOException {
    return new NativeCache(folder.resolve("natives"), notes::add)
        .provide(RESOURCES)
        .resolve("libsqlitejdbc.so");
  }

  private static byte[] bytesInJar() throws IOException {
    return RESOURCES.get(0).openStream().readAllBytes();
  }
}
