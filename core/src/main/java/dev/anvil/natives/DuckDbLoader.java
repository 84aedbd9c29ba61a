package dev.anvil.natives;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;

/**
 * DuckDB's classes with a library that is unpacked already. They always unpack the one that they
 * find among their resources; only where there is none do they ask the class loader for it.
 */
final class DuckDbLoader extends ClassLoader {
  static final String RESOURCE = "libduckdb_java.so_";

  private final String user;
  private final Path library;

  DuckDbLoader(ClassLoader parent, String user, Path library) {
    super("duckdb", parent);
    this.user = user;
    this.library = library;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("org.duckdb.") && !name.startsWith(user)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  public URL getResource(String name) {
    return name.startsWith(RESOURCE) ? null : super.getResource(name);
  }

  @Override
  protected String findLibrary(String name) {
    return name.equals("duckdb_java") ? library.toString() : null;
  }
}
