package dev.anvil.web.guard;

import dev.anvil.InvalidInputException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The names under which a studio answers. */
public final class OwnNames {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private OwnNames() {}

  /**
   * What the header Host may say.
   *
   * @param host that was chosen besides this machine's own; empty for none
   */
  public static Set<String> at(Optional<String> host, int port) {
    Set<String> names = new LinkedHashSet<>(LOOPBACK);
    host.map(OwnNames::names).ifPresent(names::addAll);
    Set<String> all = new LinkedHashSet<>();
    for (String name : names) {
      all.add(name + ":" + port);
      if (port == 80) {
        all.add(name);
      }
    }
    return all;
  }

  /**
   * The address of a host.
   *
   * @throws InvalidInputException when there is none of that name
   */
  public static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new InvalidInputException(
          "--host",
          "found \"%s\", which has no address; expected one of this machine".formatted(host));
    }
  }

  private static Set<String> names(String host) {
    Set<String> names = new LinkedHashSet<>(Set.of(inBrackets(host)));
    if (address(host).isAnyLocalAddress()) {
      try {
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .map(address -> inBrackets(address.getHostAddress()))
            .forEach(names::add);
      } catch (SocketException e) {
        throw new InvalidInputException(
            "--host", "no network interface can be read: " + e.getMessage());
      }
    }
    return names;
  }

  private static String inBrackets(String host) {
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }
}
