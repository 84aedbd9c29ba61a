package dev.anvil.packs;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.packs.CatalogueEntry.RemoteFile;
import dev.anvil.packs.Web.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Downloads one file at a time: goes on where it was cut, tries again, verifies. */
final class Download {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-\\d+|\\*)/(\\d+|\\*)");

  private final PullSettings settings;
  private final Web web;

  Download(PullSettings settings) {
    this.settings = settings;
    this.web = new Web(settings);
  }

  /**
   * A file that came.
   *
   * @param verified the published hash that it has; empty when nobody published one
   * @param commit of the repository, where the server tells it
   */
  record Fetched(Optional<Digest> verified, Optional<String> commit) {}

  /**
   * Brings a file to a path.
   *
   * @param position told how many bytes of it have come
   * @return empty when the file is optional and the server has none
   * @throws InvalidInputException when the server refuses, or gives another file than was promised
   * @throws IOException when it did not come for now; what came is kept
   * @throws dev.anvil.CancelledException when the work is to stop; what came is kept
   */
  Optional<Fetched> fetch(
      URI uri, RemoteFile file, Path target, LongConsumer position, RunContext context)
      throws IOException {
    PartFile part = new PartFile(target);
    for (int failures = 0; ; ) {
      long before = part.bytes();
      try {
        context.checkCancelled();
        return attempt(uri, file, part, position, context);
      } catch (TemporaryFailure e) {
        context.checkCancelled();
        failures = part.bytes() > before ? 1 : failures + 1;
        if (failures >= settings.attempts()) {
          throw new IOException(
              "%s: %s, after %d attempts; what came is kept, pull again to go on"
                  .formatted(uri, e.getMessage(), failures),
              e);
        }
        pause(uri, failures, e, context);
      }
    }
  }

  private Optional<Fetched> attempt(
      URI uri, RemoteFile file, PartFile part, LongConsumer position, RunContext context)
      throws IOException {
    // Bytes of unknown content are not continued, unless a hash will tell.
    if (part.tag().isEmpty() && file.hash().isEmpty()) {
      part.discard();
    }
    long have = part.bytes();
    try (Reply reply = web.get(uri, headers(have, part.tag()), context)) {
      OptionalLong total;
      switch (reply.status()) {
        case 200 -> {
          refuseWebPage(uri, file, reply);
          part.begin(reply.header("ETag"));
          total = number(reply.header("Content-Length"));
        }
        case 206 -> {
          total = range(reply, 2);
          boolean same = part.tag().isEmpty() || part.tag().equals(reply.header("ETag"));
          if (!same || range(reply, 1).orElse(-1) != have) {
            throw restart(part, "the file changed on the server");
          }
        }
        case 416 -> {
          total = range(reply, 2);
          if (total.orElse(-1) != have) {
            throw restart(part, "the file became shorter on the server");
          }
        }
        default -> {
          refuse(uri, reply, file);
          return Optional.empty();
        }
      }
      requireRoomAndSize(uri, file, part, total);
      if (reply.status() != 416) {
        append(uri, file, part, reply, total, position);
      }
      if (total.isPresent() && part.bytes() < total.getAsLong()) {
        throw new TemporaryFailure(
            "the connection was cut after %d of %d bytes"
                .formatted(part.bytes(), total.getAsLong()),
            Optional.empty());
      }
      return Optional.of(verify(uri, file, part, reply));
    }
  }

  private void append(
      URI uri,
      RemoteFile file,
      PartFile part,
      Reply reply,
      OptionalLong total,
      LongConsumer position)
      throws IOException {
    OptionalLong promised = file.bytes().isPresent() ? file.bytes() : total;
    long most = promised.orElse(settings.largest());
    if (!part.append(reply.body(), most, position)) {
      part.discard();
      throw new InvalidInputException(
          uri.toString(),
          "found more than %d bytes; expected %s; what came was thrown away"
              .formatted(
                  most,
                  promised.isPresent()
                      ? "no more, as was promised"
                      : "a smaller file, or its size in the catalogue (bytes)"));
    }
  }

  /** A login page or a proxy's may come in place of a network. */
  private static void refuseWebPage(URI uri, RemoteFile file, Reply reply) {
    boolean isPage =
        reply.header("Content-Type").filter(t -> t.strip().startsWith("text/html")).isPresent();
    if (isPage && !file.path().endsWith(".html")) {
      throw new InvalidInputException(
          uri.toString(),
          "found a web page; expected a file: open the address in a browser, it may be a login or"
              + " a proxy's");
    }
  }

  private static Map<String, String> headers(long have, Optional<String> tag) {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("Accept-Encoding", "identity");
    if (have > 0) {
      out.put("Range", "bytes=" + have + "-");
      tag.filter(t -> !t.startsWith("W/")).ifPresent(t -> out.put("If-Range", t));
    }
    return out;
  }

  private static TemporaryFailure restart(PartFile part, String reason) throws IOException {
    part.discard();
    return new TemporaryFailure(reason, Optional.empty());
  }

  private static void refuse(URI uri, Reply reply, RemoteFile file) throws IOException {
    int status = reply.status();
    switch (status) {
      case 401, 403 ->
          throw new InvalidInputException(
              uri.toString(),
              ("found HTTP %d, no access; accept the model's terms on its page if it has some, and"
                      + " put a token into the environment variable %s")
                  .formatted(status, PullSettings.TOKEN));
      case 404, 410 -> {
        if (!file.optional()) {
          throw new InvalidInputException(
              uri.toString(),
              "found HTTP %d; expected a file, look whether the repository still has it"
                  .formatted(status));
        }
      }
      case 408, 425, 429, 500, 502, 503, 504 ->
          throw new TemporaryFailure("the server answered HTTP " + status, retryAfter(reply));
      default ->
          throw new InvalidInputException(
              uri.toString(), "found HTTP %d; expected a file".formatted(status));
    }
  }

  private static void requireRoomAndSize(
      URI uri, RemoteFile file, PartFile part, OptionalLong total) throws IOException {
    if (total.isEmpty()) {
      return;
    }
    if (file.bytes().isPresent() && file.bytes().getAsLong() != total.getAsLong()) {
      part.discard();
      throw new InvalidInputException(
          uri.toString(),
          "found %d bytes; expected %d, as in the catalogue"
              .formatted(total.getAsLong(), file.bytes().getAsLong()));
    }
    DiskRoom.require(part.path().toAbsolutePath().getParent(), total.getAsLong() - part.bytes());
  }

  private static Fetched verify(URI uri, RemoteFile file, PartFile part, Reply reply)
      throws IOException {
    if (file.bytes().isPresent() && file.bytes().getAsLong() != part.bytes()) {
      long found = part.bytes();
      part.discard();
      throw new InvalidInputException(
          uri.toString(),
          "found %d bytes; expected %d, as in the catalogue"
              .formatted(found, file.bytes().getAsLong()));
    }
    Optional<Digest> expected =
        file.hash()
            .or(() -> reply.first().firstValue("X-Linked-Etag").flatMap(Digest::ofTag))
            .or(() -> reply.header("ETag").flatMap(Digest::ofTag));
    if (expected.isPresent()) {
      Digest found = expected.get().of(part.path());
      if (!found.equals(expected.get())) {
        part.discard();
        throw new InvalidInputException(
            uri.toString(),
            "found %s; expected %s; the file was thrown away".formatted(found, expected.get()));
      }
    }
    part.finish();
    return new Fetched(expected, reply.first().firstValue("X-Repo-Commit"));
  }

  private void pause(URI uri, int failures, TemporaryFailure failure, RunContext context)
      throws IOException {
    Duration doubled = settings.pause().multipliedBy(1L << Math.min(failures - 1, 6));
    Duration pause = failure.after().orElse(doubled);
    if (pause.compareTo(LONGEST_PAUSE) > 0) {
      throw new IOException(
          "%s: %s and wants to be asked again in %d s; pull again then"
              .formatted(uri, failure.getMessage(), pause.toSeconds()),
          failure);
    }
    context.sleep(pause);
  }

  /** Seconds or a date (RFC 9110, 10.2.3); anything else counts as nothing. */
  private static Optional<Duration> retryAfter(Reply reply) {
    Optional<String> text = reply.header("Retry-After").map(String::strip);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text.get())));
    }
    try {
      Instant when =
          ZonedDateTime.parse(text.get(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(Instant.now(), when));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static OptionalLong range(Reply reply, int group) {
    Matcher range = RANGE.matcher(reply.header("Content-Range").orElse(""));
    return range.matches() ? number(Optional.ofNullable(range.group(group))) : OptionalLong.empty();
  }

  private static OptionalLong number(Optional<String> text) {
    return text.filter(t -> t.matches("\\d{1,18}"))
        .map(t -> OptionalLong.of(Long.parseLong(t)))
        .orElse(OptionalLong.empty());
  }
}
