package dev.anvil.natives;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads native libraries from a cache instead of unpacking them into the temporary folder in every
 * process, where a killed one leaves them. Each method is called before the first use of its
 * library. Where the cache cannot be used, a warning says why, once, and the library unpacks itself
 * as it always does.
 */
public final class NativeLibraries {
  /** Names the cache's folder. */
  public static final String FOLDER = "ANVIL_NATIVES";

  private static final String OS = System.getProperty("os.name").toLowerCase(Locale.ROOT);
  private static final boolean IS_ARM = System.getProperty("os.arch").matches("aarch64|arm64");

  private static volatile Consumer<String> warnings =
      text -> System.getLogger("dev.anvil").log(System.Logger.Level.WARNING, text);

  private static NativeCache cache;
  private static boolean isUnusable;
  private static final Set<String> DONE = new HashSet<>();

  private NativeLibraries() {}

  /** Where warnings go; before that, to the {@link System.Logger} {@code dev.anvil}. */
  public static void warnTo(Consumer<String> sink) {
    warnings = sink;
  }

  /** ONNX Runtime, which takes a folder. */
  public static void onnxRuntime() {
    String folder =
        "ai/onnxruntime/native/" + name("linux-", "osx-", "win-") + (IS_ARM ? "aarch64/" : "x64/");
    loadWith(
        List.of(
            folder + System.mapLibraryName("onnxruntime"),
            folder + System.mapLibraryName("onnxruntime4j_jni")),
        found -> setDefault("onnxruntime.native.path", found.toString()));
  }

  /** SQLite, which takes a folder and a name. */
  public static void sqlite() {
    String name = LibraryLoaderUtil.getNativeLibName();
    loadWith(
        List.of(LibraryLoaderUtil.getNativeLibResourcePath().substring(1) + "/" + name),
        found -> {
          setDefault("org.sqlite.lib.path", found.toString());
          setDefault("org.sqlite.lib.name", name);
        });
  }

  /** XGBoost, which takes nothing: its loader is told that the library is there already. */
  public static void xgboost() {
    String file = System.mapLibraryName("xgboost4j");
    loadWith(
        List.of(
            "lib/"
                + name("linux", "macos", "windows")
                + (IS_ARM ? "/aarch64/" : "/x86_64/")
                + file),
        found -> {
          try {
            Class<?> loader = Class.forName("ml.dmlc.xgboost4j.java.NativeLibLoader");
            Field isLoaded = loader.getDeclaredField("initialized");
            isLoaded.setAccessible(true);
            if (loader.getClassLoader() == NativeLibraries.class.getClassLoader()) {
              System.load(found.resolve(file).toString());
              isLoaded.setBoolean(null, true);
            }
          } catch (ReflectiveOperationException | RuntimeException | UnsatisfiedLinkError e) {
            throw new IOException("XGBoost takes no library from there: " + e, e);
          }
        });
  }

  /**
   * OpenCV and OpenBLAS, which JavaCPP keeps in a cache of its own, with files that are not
   * checked.
   */
  public static void openCv() {
    withCache(
        "javacpp",
        found -> {
          Path folder = found.folder("javacpp");
          new JavaCppFiles(folder, warnings).removeDamaged();
          setDefault("org.bytedeco.javacpp.cachedir", folder.toString());
        });
  }

  /**
   * Called once: a class loader whose DuckDB has its library from the cache; that of these classes
   * where there is no cache.
   *
   * @param user a prefix of the names of classes that use DuckDB and are loaded with it
   */
  public static ClassLoader duckDb(String user) {
    ClassLoader usual = NativeLibraries.class.getClassLoader();
    List<ClassLoader> loaders = new ArrayList<>(List.of(usual));
    String resource =
        DuckDbLoader.RESOURCE + name("linux", "macos", "windows") + (IS_ARM ? "_arm64" : "_amd64");
    loadWith(
        List.of(resource),
        found -> loaders.add(0, new DuckDbLoader(usual, user, found.resolve(resource))));
    return loaders.get(0);
  }

  private interface Use<T> {
    void of(T found) throws IOException;
  }

  /** Nothing happens where the jars have no library for this machine. */
  private static void loadWith(List<String> resources, Use<Path> use) {
    List<URL> found = new ArrayList<>();
    for (String resource : resources) {
      URL url = NativeLibraries.class.getClassLoader().getResource(resource);
      if (url == null) {
        return;
      }
      found.add(url);
    }
    withCache(resources.get(0), from -> use.of(from.provide(found)));
  }

  private static synchronized void withCache(String library, Use<NativeCache> use) {
    if (isUnusable || !DONE.add(library)) {
      return;
    }
    try {
      if (cache == null) {
        cache = new NativeCache(folder(System.getenv()), warnings);
      }
      use.of(cache);
    } catch (IOException e) {
      isUnusable = true;
      warnings.accept(
          ("no cache of native libraries: %s. Each process unpacks them for itself, which takes longer;"
                  + " the environment variable %s names another folder")
              .formatted(e.getMessage() == null ? e : reason(e), FOLDER));
    }
  }

  private static String reason(IOException e) {
    return e.getClass() == IOException.class
        ? e.getMessage()
        : e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  /** By the conventions of the operating system for what can be deleted and made again. */
  static Path folder(Map<String, String> environment) {
    String own = environment.getOrDefault(FOLDER, "");
    if (!own.isBlank()) {
      return Path.of(own).toAbsolutePath();
    }
    Path home = Path.of(System.getProperty("user.home"));
    String usual =
        environment.getOrDefault(name("XDG_CACHE_HOME", "ANVIL_NO_SUCH", "LOCALAPPDATA"), "");
    return (usual.isBlank()
            ? home.resolve(name(".cache", "Library/Caches", "AppData/Local"))
            : Path.of(usual))
        .resolve("anvil/natives")
        .toAbsolutePath();
  }

  private static String name(String linux, String mac, String windows) {
    return OS.contains("mac") ? mac : OS.contains("win") ? windows : linux;
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
