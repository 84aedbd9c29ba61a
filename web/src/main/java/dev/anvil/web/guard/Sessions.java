package dev.anvil.web.guard;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is let in: a token is good for one sign-in, which gives a session; the next sign-in needs the
 * next token. Safe for use from several threads.
 */
public final class Sessions {
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Set<String> sessions = ConcurrentHashMap.newKeySet();
  private String token = secret();

  /** The token that lets the next one in. */
  public synchronized String token() {
    return token;
  }

  /** The session that a token opens; empty for a wrong one, or one that was used. */
  public synchronized Optional<String> open(String given) {
    if (!isSame(given, token)) {
      return Optional.empty();
    }
    token = secret();
    String session = secret();
    sessions.add(session);
    return Optional.of(session);
  }

  /** Whether a session is open. */
  boolean isOpen(String session) {
    return sessions.stream().anyMatch(open -> isSame(session, open));
  }

  private static boolean isSame(String given, String expected) {
    return MessageDigest.isEqual(given.getBytes(US_ASCII), expected.getBytes(US_ASCII));
  }

  private String secret() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
