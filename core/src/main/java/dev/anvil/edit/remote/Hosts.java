package dev.anvil.edit.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Addresses of servers. */
final class Hosts {
  private Hosts() {}

  /**
   * The address without a slash at its end; empty when it is no plain http or https address, or
   * carries a user, a query or a fragment.
   */
  static Optional<URI> parse(String url) {
    try {
      URI uri = new URI(url.replaceAll("/+$", ""));
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean plain =
          uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      return web && plain ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Whether an address is this machine itself, by its name alone. */
  static boolean isLocal(URI uri) {
    String host = uri.getHost();
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
  }
}
