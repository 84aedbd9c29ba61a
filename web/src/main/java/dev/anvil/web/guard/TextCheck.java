package dev.anvil.web.guard;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.InvalidInputException;
import dev.anvil.text.Documents;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges texts that may name files or servers: those of studies and of editors' parameters. */
public final class TextCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ADDRESS = Pattern.compile("(?i)^\\s*[a-z][a-z0-9+.-]*:/.*");
  private static final Pattern WILD = Pattern.compile("[*?{\\[]");

  private final AllowedFolders folders;
  private final Set<String> hosts;

  /**
   * A check.
   *
   * @param hosts servers that the user lets pictures go to
   */
  public TextCheck(AllowedFolders folders, Set<String> hosts) {
    this.folders = requireNonNull(folders, "folders is null");
    this.hosts = Set.copyOf(hosts);
  }

  /** All texts of a YAML document. */
  void yaml(String text, Path folder, String name) {
    node(Documents.yaml(name, text), folder, name);
  }

  /** All texts of parameters. */
  void values(Map<String, Object> parameters, Path folder, String where) {
    node(JSON.valueToTree(parameters), folder, where);
  }

  /** A post's id, or a file that may be read. */
  void postOrFile(String where, String name) {
    try {
      if (Files.exists(Path.of(name))) {
        folders.toRead(where, Path.of(name));
      }
    } catch (InvalidPathException e) {
      return; // no file can have that name
    }
  }

  private void node(JsonNode node, Path folder, String where) {
    if (node.isTextual()) {
      node.asText().lines().forEach(line -> line(line, folder, where));
    }
    node.properties().forEach(e -> node(e.getValue(), folder, where + "." + e.getKey()));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      node(node.get(i), folder, where + "[" + i + "]");
    }
  }

  private void line(String text, Path folder, String where) {
    if (ADDRESS.matcher(text).matches()) {
      address(text.strip(), where);
    } else if (text.indexOf('/') >= 0
        || text.indexOf('\\') >= 0
        || text.contains("..")
        || isThere(folder, text)) {
      path(text, folder, where);
    }
  }

  /** A plain name may be that of a link that leads elsewhere. */
  private static boolean isThere(Path folder, String name) {
    try {
      return Files.exists(folder.resolve(name));
    } catch (InvalidPathException e) {
      return false; // no file can have that name
    }
  }

  private void address(String text, String where) {
    try {
      URI uri = new URI(text);
      String host = uri.getHost();
      if (host != null && (hosts.contains(host) || hosts.contains(host + ":" + uri.getPort()))) {
        return;
      }
    } catch (URISyntaxException e) {
      // refused below, as any address that is not allowed
    }
    throw new InvalidInputException(
        where,
        "found an address of a server that was not allowed; expected none"
            + " (anvil studio --allow-upload HOST allows one)");
  }

  /** The part before any wild card has to lie in a folder that may be read. */
  private void path(String text, Path folder, String where) {
    String fixed = WILD.split(text.replace('\\', '/'), 2)[0];
    try {
      folders.toRead(where, folder.resolve(fixed));
      if (fixed.length() < text.length() && text.contains("..")) {
        throw new InvalidInputException(where, "found \"..\" in a pattern; expected none");
      }
    } catch (InvalidPathException e) {
      return; // a sentence, no path
    }
  }
}
