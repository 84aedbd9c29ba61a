package dev.anvil.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.store.BlobStore;
import dev.anvil.store.BlobStoreContract;
import dev.anvil.store.DamagedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBlobStoreTest extends BlobStoreContract {
  @TempDir Path temp;

  @Override
  protected BlobStore blobs() throws Exception {
    return FileBlobStore.open(temp);
  }

  @Test
  void blobsAreFilesInFoldersByTheirFirstTwoDigits() throws Exception {
    assertThat(blobs().path(ABC)).isEqualTo(temp.resolve("ba").resolve(ABC.substring(2)));
  }

  @Test
  void refusesBytesThatHaveChanged() throws Exception {
    BlobStore blobs = blobs();
    blobs.put("abc".getBytes(UTF_8));
    Files.writeString(blobs.path(ABC), "abd");
    assertThatThrownBy(() -> blobs.get(ABC))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("does not have the bytes that its name promises");
  }

  @Test
  void puttingTheBytesAgainMendsABlobThatHasChanged() throws Exception {
    BlobStore blobs = blobs();
    blobs.put("abc".getBytes(UTF_8));
    Files.writeString(blobs.path(ABC), "abd");
    blobs.put("abc".getBytes(UTF_8));
    assertThat(blobs.get(ABC)).contains("abc".getBytes(UTF_8));
  }

  @Test
  void clearsOnlyOldUnfinishedFiles() throws Exception {
    FileBlobStore.open(temp);
    Path old = Files.writeString(temp.resolve("unfinished/old.part"), "x");
    Path young = Files.writeString(temp.resolve("unfinished/young.part"), "x");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(100_000)));
    FileBlobStore.open(temp);
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }
}
