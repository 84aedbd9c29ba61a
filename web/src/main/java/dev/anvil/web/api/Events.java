package dev.anvil.web.api;

import static java.util.Objects.requireNonNull;

import dev.anvil.engine.Anvil;
import dev.anvil.engine.service.study.LiveStudy;
import io.javalin.http.sse.SseClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tells browsers how far runs are, as server-sent events. A client holds a connection and no
 * thread; what it reads slowly delays nobody else.
 */
public final class Events implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Events.class.getName());
  private static final int MOST_CLIENTS = 512;
  private static final int SENDERS = 8;
  private static final long EVERY_MILLIS = 300;
  private static final long BEAT_NANOS = 10_000_000_000L;

  private final Anvil anvil;
  private final Map<SseClient, Client> clients = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "anvil-events"));
  private final ExecutorService senders =
      Executors.newFixedThreadPool(SENDERS, task -> daemon(task, "anvil-sender"));

  Events(Anvil anvil) {
    this.anvil = requireNonNull(anvil, "anvil is null");
    ScheduledFuture<?> unused =
        clock.scheduleWithFixedDelay(this::tell, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** A client of one run's events. */
  private static final class Client {
    private final SseClient connection;
    private final long run;
    private String last = "";
    private long revision;
    private long sentAt = System.nanoTime();
    private boolean busy;

    Client(SseClient connection, long run) {
      this.connection = connection;
      this.run = run;
    }
  }

  /** Tells a client of a run from now on, until the run is over. */
  void add(SseClient connection, long run) {
    connection.keepAlive();
    Client client = new Client(connection, run);
    connection.onClose(() -> clients.remove(connection));
    clients.put(connection, client);
  }

  /** Whether as many listen as may. */
  boolean isFull() {
    return clients.size() >= MOST_CLIENTS;
  }

  private void tell() {
    Map<Long, RunView> seen = new ConcurrentHashMap<>();
    for (Client client : clients.values()) {
      synchronized (client) {
        if (client.busy) {
          continue; // the one before is still being sent
        }
        client.busy = true;
      }
      senders.execute(() -> tell(client, seen));
    }
  }

  private void tell(Client client, Map<Long, RunView> seen) {
    try {
      RunView view = seen.computeIfAbsent(client.run, run -> RunView.of(anvil, run));
      String text = Json.text(view);
      if (!text.equals(client.last)) {
        client.last = text;
        client.sentAt = System.nanoTime();
        client.connection.sendEvent("run", text);
      } else if (System.nanoTime() - client.sentAt > BEAT_NANOS) {
        client.sentAt = System.nanoTime();
        client.connection.sendComment("still here");
      }
      anvil
          .liveStudies()
          .find(client.run)
          .filter(study -> study.revision() != client.revision)
          .ifPresent(study -> tell(client, study));
      if (view.over() || client.connection.terminated()) {
        close(client);
      }
    } catch (RuntimeException e) {
      if (!client.connection.terminated()) {
        LOG.log(System.Logger.Level.WARNING, "events of run " + client.run + " ended", e);
      }
      close(client);
    } finally {
      synchronized (client) {
        client.busy = false;
      }
    }
  }

  private static void tell(Client client, LiveStudy study) {
    client.revision = study.revision();
    client.sentAt = System.nanoTime();
    client.connection.sendEvent("study", Json.text(study));
  }

  private void close(Client client) {
    clients.remove(client.connection);
    client.connection.close();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    clients.values().forEach(this::close);
    senders.shutdownNow();
  }
}
