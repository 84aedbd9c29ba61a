package dev.anvil.web.guard;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Looks at every request before anything else does: the host that it names, where it comes from,
 * and whether its browser has signed in.
 *
 * <p>A page elsewhere can make a browser send requests here, under a name of its own (DNS
 * rebinding) or with the user's cookies (cross-site requests). Hence the exact list of hosts, the
 * strict cookie, and the check of the origin wherever something is changed.
 */
public final class Guard {
  private static final Duration SESSION = Duration.ofDays(7);
  private static final Set<HandlerType> SAFE = Set.of(HandlerType.GET, HandlerType.HEAD);

  /** Nothing but the studio's own files and pictures; attributes hold bar lengths and colours. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline';"
          + " img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final Sessions sessions;
  private final IntFunction<Set<String>> hosts;
  private final Runnable signedIn;

  /**
   * A guard.
   *
   * @param hosts what the header Host may say, for the port that is listened at
   * @param signedIn called after each sign-in
   */
  public Guard(Sessions sessions, IntFunction<Set<String>> hosts, Runnable signedIn) {
    this.sessions = requireNonNull(sessions, "sessions is null");
    this.hosts = requireNonNull(hosts, "hosts is null");
    this.signedIn = requireNonNull(signedIn, "signedIn is null");
  }

  /**
   * Lets a request pass, or answers it.
   *
   * @throws RefusedException when it is neither
   */
  public void check(Context ctx) {
    protect(ctx);
    String host = host(ctx);
    if (!SAFE.contains(ctx.method())) {
      checkOrigin(ctx, host);
    }
    String token = ctx.queryParam("token");
    if (token != null && ctx.method().equals(HandlerType.GET) && ctx.path().equals("/")) {
      signIn(ctx, token);
      return;
    }
    if (Optional.ofNullable(ctx.cookie(cookie(ctx))).filter(sessions::isOpen).isEmpty()) {
      throw new RefusedException(
          401, "Not signed in. Open the link that anvil studio printed last; each is good once.");
    }
  }

  private static void protect(Context ctx) {
    ctx.header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Cache-Control", "no-store");
  }

  private String host(Context ctx) {
    String host = ctx.header("Host");
    if (host == null) {
      throw new RefusedException(400, "The request names no host.");
    }
    if (!hosts.apply(ctx.req().getLocalPort()).contains(host)) {
      throw new RefusedException(
          421, "This studio does not answer under the host that was named; --host adds one.");
    }
    return host;
  }

  /**
   * A browser says where a request comes from in one of two headers, and pages cannot forge them.
   */
  private static void checkOrigin(Context ctx, String host) {
    String site = ctx.header("Sec-Fetch-Site");
    String origin = ctx.header("Origin");
    boolean fromHere = site == null || site.equals("same-origin");
    boolean ours = origin == null || origin.equals("http://" + host);
    if (!fromHere || !ours || (site == null && origin == null)) {
      throw new RefusedException(
          403,
          "The request comes from elsewhere; expected the header Origin: http://%s"
              .formatted(host));
    }
  }

  /** Browsers keep cookies by host alone, so that two studios need two names. */
  private static String cookie(Context ctx) {
    return "anvil-" + ctx.req().getLocalPort();
  }

  /**
   * Swaps the token for a cookie. A page that leads on, instead of a redirect, makes the next
   * request the studio's own, to which browsers add a strict cookie wherever the link was clicked.
   */
  private void signIn(Context ctx, String token) {
    String session =
        sessions
            .open(token)
            .orElseThrow(
                () ->
                    new RefusedException(
                        401,
                        "This link was used before, or is not from this studio. Open the one that"
                            + " anvil studio printed last."));
    Cookie cookie = new Cookie(cookie(ctx), session);
    cookie.setPath("/");
    cookie.setMaxAge((int) SESSION.toSeconds());
    cookie.setHttpOnly(true);
    cookie.setSameSite(SameSite.STRICT);
    ctx.cookie(cookie);
    ctx.html(
        "<!doctype html><html lang=\"en\"><title>Anvil</title><meta http-equiv=\"refresh\""
            + " content=\"0;url=/\"><p><a href=\"/\">Open the studio</a></p></html>");
    ctx.skipRemainingHandlers();
    signedIn.run();
  }
}
