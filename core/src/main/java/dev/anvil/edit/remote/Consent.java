package dev.anvil.edit.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.text.Documents;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a user lets leave this machine: the servers that pictures may be sent to, and the one server
 * that each secret belongs to. It comes from the command line or from the user's settings, never
 * from a study file, which others may have written.
 *
 * <p>A server is a host, or a host and a port where that is not the usual one of http or https:
 * {@code gpu.example.org}, {@code 127.0.0.1:7860}.
 *
 * @param uploads servers that pictures may be sent to
 * @param secrets variable of the environment to the server that its value may be sent to
 */
public record Consent(Set<String> uploads, Map<String, String> secrets) {
  /** Nothing leaves. */
  public static final Consent NONE = new Consent(Set.of(), Map.of());

  /** Name of the file of settings, in a workspace or in {@code .anvil} at home. */
  public static final String SETTINGS = "settings.yaml";

  static final String ALLOW_UPLOAD = "allow_upload";
  private static final String SECRETS = "secrets";
  private static final String SERVER = "a server such as gpu.example.org or 127.0.0.1:7860";

  public Consent {
    uploads = Set.copyOf(uploads);
    secrets = Map.copyOf(secrets);
  }

  /**
   * Consent as it is given on a command line.
   *
   * @param uploads servers, or addresses of them
   * @param secrets variable to server
   * @throws InvalidInputException with everything that names no server or no secret
   */
  public static Consent of(Collection<String> uploads, Map<String, String> secrets) {
    List<Problem> problems = new ArrayList<>();
    Consent consent =
        read(
            uploads,
            secrets,
            (what, message) -> problems.add(new Problem("--" + what.replace('_', '-'), message)));
    return checked(consent, problems);
  }

  /**
   * Consent as it is given in a file of settings; none where there is no such file.
   *
   * @throws InvalidInputException with all mistakes of the file
   */
  public static Consent read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return NONE;
    }
    List<Problem> problems = new ArrayList<>();
    try {
      JsonNode root = Documents.yaml(file.toString(), Files.readString(file));
      root.fieldNames()
          .forEachRemaining(
              name -> {
                if (!name.equals(ALLOW_UPLOAD) && !name.equals(SECRETS)) {
                  problems.add(
                      new Problem(
                          file + " " + name,
                          "is not known; expected %s or %s".formatted(ALLOW_UPLOAD, SECRETS)));
                }
              });
      List<String> uploads = new ArrayList<>();
      root.path(ALLOW_UPLOAD).forEach(host -> uploads.add(host.asText()));
      if (root.path(ALLOW_UPLOAD).isValueNode()) {
        uploads.add(root.path(ALLOW_UPLOAD).asText());
      }
      Map<String, String> secrets = new HashMap<>();
      root.path(SECRETS).properties().forEach(e -> secrets.put(e.getKey(), e.getValue().asText()));
      Consent consent =
          read(
              uploads,
              secrets,
              (what, message) -> problems.add(new Problem(file + " " + what, message)));
      return checked(consent, problems);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(file.toString(), e.getOriginalMessage());
    }
  }

  @FunctionalInterface
  private interface Complaint {
    void of(String what, String message);
  }

  private static Consent read(
      Collection<String> uploads, Map<String, String> secrets, Complaint complaint) {
    Set<String> hosts = new HashSet<>();
    for (String upload : uploads) {
      server(upload)
          .ifPresentOrElse(
              hosts::add,
              () ->
                  complaint.of(
                      ALLOW_UPLOAD, "found \"%s\"; expected %s".formatted(upload, SERVER)));
    }
    Map<String, String> bound = new HashMap<>();
    secrets.forEach(
        (variable, host) -> {
          if (!Remotes.SECRETS.contains(variable)) {
            complaint.of(
                SECRETS,
                "found the variable \"%s\"; expected one of %s"
                    .formatted(variable, new TreeSet<>(Remotes.SECRETS)));
          }
          server(host)
              .ifPresentOrElse(
                  found -> bound.put(variable, found),
                  () ->
                      complaint.of(
                          SECRETS + " " + variable,
                          "found \"%s\"; expected %s".formatted(host, SERVER)));
        });
    return new Consent(hosts, bound);
  }

  private static Consent checked(Consent consent, List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return consent;
  }

  /** What either lets leave; of a secret that both bind, the other's server counts. */
  public Consent and(Consent other) {
    Set<String> hosts = new HashSet<>(uploads);
    hosts.addAll(other.uploads);
    Map<String, String> bound = new HashMap<>(secrets);
    bound.putAll(other.secrets);
    return new Consent(hosts, bound);
  }

  /** Whether pictures may be sent to a server. */
  boolean allowsUpload(URI url) {
    return uploads.contains(server(url));
  }

  /** Whether a secret may be sent to a server. */
  boolean allows(String variable, URI url) {
    return server(url).equals(secrets.get(variable));
  }

  /** Whether a secret belongs to any server. */
  boolean binds(String variable) {
    return secrets.containsKey(variable);
  }

  /** A server as it is written here. */
  static String server(URI url) {
    boolean isUsual = url.getPort() < 0 || url.getPort() == usualPort(url.getScheme());
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return isUsual ? host : host + ":" + url.getPort();
  }

  private static int usualPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  private static Optional<String> server(String text) {
    String address = text.contains("://") ? text : "https://" + text;
    return Hosts.parse(address).map(Consent::server);
  }
}
