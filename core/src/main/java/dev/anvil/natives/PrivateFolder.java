package dev.anvil.natives;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * A folder to which nobody else can write, so that what was checked there is what is loaded. On
 * Windows this is up to the user's profile, in which the folder is.
 */
final class PrivateFolder {
  private static final int ROOT = 0;
  private static final int WRITABLE_BY_GROUP = 0020;
  private static final int WRITABLE_BY_ALL = 0002;
  private static final int STICKY = 01000;

  private PrivateFolder() {}

  /**
   * Makes the folder if it is missing.
   *
   * @return its path without links
   * @throws IOException when it cannot be made, or it or a folder above it is in another's hands
   */
  static Path make(Path folder) throws IOException {
    Files.createDirectories(folder, privately());
    Path real = folder.toRealPath();
    if (hasOwners()) {
      int user = user();
      for (Path above = real; above != null; above = above.getParent()) {
        check(above, user, above.equals(real));
      }
    }
    return real;
  }

  static boolean hasOwners() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
  }

  private static FileAttribute<?>[] privately() {
    return hasOwners()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Nobody can rename what is in a sticky folder but its owner. */
  private static void check(Path folder, int user, boolean isLast) throws IOException {
    Map<String, Object> found = Files.readAttributes(folder, "unix:uid,gid,mode");
    int owner = (int) found.get("uid");
    int mode = (int) found.get("mode");
    boolean ofOwnGroup = found.get("gid").equals(owner);
    int others = WRITABLE_BY_ALL | (ofOwnGroup ? 0 : WRITABLE_BY_GROUP);
    if (owner != user && owner != ROOT) {
      throw new IOException("%s belongs to another user".formatted(folder));
    }
    if ((mode & others) != 0 && (isLast || (mode & STICKY) == 0)) {
      throw new IOException("others can write to %s; chmod go-w mends that".formatted(folder));
    }
  }

  private static int user() throws IOException {
    Path own = Files.createTempFile("anvil-user", null);
    try {
      return (int) Files.getAttribute(own, "unix:uid");
    } finally {
      Files.delete(own);
    }
  }
}
