package dev.anvil.web;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.engine.Anvil;
import dev.anvil.web.api.Workbench;
import dev.anvil.web.guard.Guard;
import dev.anvil.web.guard.OwnNames;
import dev.anvil.web.guard.Sessions;
import dev.anvil.web.route.Route;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A studio that is being served: pages and an HTTP API on one engine. It listens at this machine's
 * own address, answers nobody who has not signed in with its link, and keeps what it is given in
 * the folder {@code studio} of the workspace.
 */
public final class Studio implements AutoCloseable {
  private static final int THREADS = 64;
  private static final long IDLE_MILLIS = 30_000;

  private final Sessions sessions = new Sessions();
  private final Workbench bench;
  private final List<Route> routes;
  private final Javalin server;
  private final Optional<String> host;

  private Studio(Anvil anvil, StudioSettings settings, Consumer<String> links) {
    this.host = settings.host();
    this.bench = new Workbench(anvil, settings);
    this.routes = Routes.of(bench);
    Guard guard = new Guard(sessions, port -> OwnNames.at(host, port), () -> links.accept(link()));
    this.server =
        Javalin.create(
            config -> {
              listen(config, settings);
              config.http.generateEtags = false;
              config.startup.showJavalinBanner = false;
              config.startup.startupWatcherEnabled = false;
              config.routes.before(guard::check);
              Errors.handle(config.routes);
              routes.forEach(r -> config.routes.addHttpHandler(r.method(), r.path(), r.checked()));
            });
  }

  /**
   * Serves a studio until it is closed.
   *
   * @param anvil stays open when the studio is closed
   * @param links is given each new link after the one before was used
   * @throws InvalidInputException when the port is taken, or the host is not of this machine
   */
  public static Studio serve(Anvil anvil, StudioSettings settings, Consumer<String> links) {
    requireNonNull(links, "links is null");
    Studio studio = new Studio(anvil, settings, links);
    try {
      studio.server.start();
      return studio;
    } catch (JavalinBindException e) {
      studio.bench.close();
      throw new InvalidInputException(
          "--port",
          "found %d, at which %s cannot be listened at; expected a free one, or 0 for any"
              .formatted(settings.port(), settings.host().orElse("this machine")),
          e);
    }
  }

  private static void listen(JavalinConfig config, StudioSettings settings) {
    InetAddress own = InetAddress.getLoopbackAddress();
    config.jetty.host = settings.host().map(OwnNames::address).orElse(own).getHostAddress();
    config.jetty.port = settings.port();
    config.jetty.threadPool = new QueuedThreadPool(THREADS);
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setSendDateHeader(false);
        });
    config.jetty.modifyServer(
        server ->
            server.addEventListener(
                new org.eclipse.jetty.util.component.LifeCycle.Listener() {
                  @Override
                  public void lifeCycleStarting(org.eclipse.jetty.util.component.LifeCycle event) {
                    for (var connector : server.getConnectors()) {
                      if (connector instanceof ServerConnector plain) {
                        plain.setIdleTimeout(IDLE_MILLIS);
                      }
                    }
                  }
                }));
  }

  /** The port that is listened at. */
  public int port() {
    return server.port();
  }

  /** The link that signs the next browser in; good once. */
  public String link() {
    String name = host.filter(h -> !OwnNames.address(h).isAnyLocalAddress()).orElse("127.0.0.1");
    return "http://%s:%s/?token=%s".formatted(name, port(), sessions.token());
  }

  /** Methods and paths that the server itself has, such as {@code GET /api/runs}. */
  List<String> served() {
    return server.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .filter(e -> !e.method.equals(HandlerType.BEFORE))
        .map(e -> e.method.name() + " " + e.path)
        .toList();
  }

  @Override
  public void close() {
    bench.close();
    server.stop();
  }
}
