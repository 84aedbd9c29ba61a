package dev.anvil.packs;

import static java.util.Objects.requireNonNull;

import dev.anvil.Cancellation;
import dev.anvil.CancelledException;
import dev.anvil.InternalException;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Gets files over HTTP. It follows redirects itself, so that the token stays with its host. */
final class Web {
  private static final int MOST_REDIRECTS = 10;
  private static final String AGENT = "anvil-models/1";

  private final PullSettings settings;
  private final HttpClient client;

  Web(PullSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(settings.stall())
            .build();
  }

  /**
   * An answer with its body.
   *
   * @param first headers of the host that was asked, before any redirect
   */
  record Reply(int status, HttpHeaders headers, HttpHeaders first, InputStream body)
      implements AutoCloseable {
    Optional<String> header(String name) {
      return headers.firstValue(name);
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /**
   * Asks for a file.
   *
   * @throws TemporaryFailure when the host is not reached
   * @throws InvalidInputException when a redirect leads nowhere
   */
  Reply get(URI asked, Map<String, String> headers, RunContext context) throws IOException {
    URI uri = asked;
    HttpHeaders first = null;
    boolean trusted = true;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      trusted &= sameOrigin(uri, settings.host());
      HttpResponse<InputStream> response = send(uri, headers, trusted, context);
      first = first == null ? response.headers() : first;
      if (!isRedirect(response.statusCode())) {
        return new Reply(
            response.statusCode(),
            response.headers(),
            first,
            new WatchedStream(response.body(), settings.stall(), context.cancellation()));
      }
      response.body().close();
      uri = target(asked, uri, response);
    }
    throw new InvalidInputException(
        asked.toString(), "found more than %d redirects".formatted(MOST_REDIRECTS));
  }

  private HttpResponse<InputStream> send(
      URI uri, Map<String, String> headers, boolean trusted, RunContext context)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(settings.stall()).header("User-Agent", AGENT);
    headers.forEach(request::header);
    if (trusted && isPrivate(uri)) {
      settings.token().ifPresent(t -> request.header("Authorization", "Bearer " + t.value()));
    }
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.sendAsync(request.build(), BodyHandlers.ofInputStream());
    try (Cancellation.Registration registration =
        context.cancellation().onCancel(() -> answer.cancel(true))) {
      requireNonNull(registration);
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw CancelledException.of(e);
    } catch (CancellationException e) {
      throw new CancelledException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw new TemporaryFailure(
            "%s was not reached (%s)".formatted(uri.getHost(), reason(io)), io);
      }
      throw new InternalException("asking %s failed".formatted(uri.getHost()), e.getCause());
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static URI target(URI asked, URI from, HttpResponse<InputStream> response) {
    String location =
        response
            .headers()
            .firstValue("Location")
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        asked.toString(), "found a redirect without an address"));
    try {
      URI to = from.resolve(location);
      boolean known = to.getHost() != null && to.getScheme().matches("https?");
      boolean weaker = from.getScheme().equals("https") && to.getScheme().equals("http");
      if (known && !weaker) {
        return to;
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          asked.toString(), "found a redirect to something that is no address");
    }
    throw new InvalidInputException(
        asked.toString(), "found a redirect away from https; expected a safe address");
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static boolean sameOrigin(URI a, URI b) {
    return a.getScheme().equalsIgnoreCase(b.getScheme())
        && a.getHost().equalsIgnoreCase(b.getHost())
        && a.getPort() == b.getPort();
  }

  /** Whether nobody on the way can read along. */
  private static boolean isPrivate(URI uri) throws IOException {
    return uri.getScheme().equals("https")
        || InetAddress.getByName(uri.getHost()).isLoopbackAddress();
  }
}
