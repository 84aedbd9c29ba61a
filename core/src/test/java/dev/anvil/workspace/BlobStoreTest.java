package dev.anvil.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTest {
  /** FIPS 180-2, appendix B.1. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path temp;

  @Test
  void namesBlobsByTheirBytes() throws Exception {
    BlobStore blobs = BlobStore.open(temp);
    assertThat(blobs.put("abc".getBytes(UTF_8))).isEqualTo(ABC);
    assertThat(blobs.put("abc".getBytes(UTF_8))).isEqualTo(ABC);
    assertThat(blobs.get(ABC)).contains("abc".getBytes(UTF_8));
    assertThat(blobs.path(ABC)).isEqualTo(temp.resolve("ba").resolve(ABC.substring(2)));
    assertThat(blobs.list()).containsExactly(ABC);
  }

  @Test
  void knowsWhatItDoesNotHave() throws Exception {
    BlobStore blobs = BlobStore.open(temp);
    assertThat(blobs.get(ABC)).isEmpty();
    assertThat(blobs.contains(ABC)).isFalse();
    assertThatThrownBy(() -> blobs.get("../../etc/passwd"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesBytesThatHaveChanged() throws Exception {
    BlobStore blobs = BlobStore.open(temp);
    blobs.put("abc".getBytes(UTF_8));
    Files.writeString(blobs.path(ABC), "abd");
    assertThatThrownBy(() -> blobs.get(ABC))
        .isInstanceOf(WorkspaceException.class)
        .hasMessageContaining("does not have the bytes that its name promises");
  }

  @Test
  void clearsOnlyOldUnfinishedFiles() throws Exception {
    BlobStore.open(temp);
    Path old = Files.writeString(temp.resolve("unfinished/old.part"), "x");
    Path young = Files.writeString(temp.resolve("unfinished/young.part"), "x");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(100_000)));
    BlobStore.open(temp);
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }
}
