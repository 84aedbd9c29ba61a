package dev.anvil.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What every store of blobs does. */
public abstract class BlobStoreContract {
  /** FIPS 180-2, appendix B.1. */
  protected static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  protected abstract BlobStore blobs() throws Exception;

  @Test
  void namesBlobsByTheirBytes() throws Exception {
    BlobStore blobs = blobs();
    assertThat(blobs.put("abc".getBytes(UTF_8))).isEqualTo(ABC);
    assertThat(blobs.put("abc".getBytes(UTF_8))).isEqualTo(ABC);
    assertThat(blobs.get(ABC)).contains("abc".getBytes(UTF_8));
    assertThat(blobs.list()).containsExactly(ABC);
  }

  @Test
  void givesAFileOfABlob() throws Exception {
    BlobStore blobs = blobs();
    blobs.put("abc".getBytes(UTF_8));
    assertThat(blobs.path(ABC)).hasContent("abc");
  }

  @Test
  void knowsWhatItDoesNotHave() throws Exception {
    BlobStore blobs = blobs();
    assertThat(blobs.get(ABC)).isEmpty();
    assertThat(blobs.contains(ABC)).isFalse();
    assertThat(blobs.path(ABC)).doesNotExist();
    assertThatThrownBy(() -> blobs.get("../../etc/passwd"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
