package dev.anvil.web.route;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One thing that the studio answers.
 *
 * @param method of HTTP
 * @param path with parameters in braces
 * @param summary a sentence for people
 * @param parameters of path and query
 * @param body what is sent, as a JSON type; empty for nothing
 * @param answer status, media type and JSON type of the response
 * @param handler does it
 */
public record Route(
    HandlerType method,
    String path,
    String summary,
    List<Parameter> parameters,
    Optional<Class<?>> body,
    Answer answer,
    Handler handler) {
  /**
   * A parameter.
   *
   * @param place path or query
   * @param type of its value: Long, String, ...
   */
  public record Parameter(
      String name, String place, Class<?> type, boolean required, String description) {}

  /**
   * An answer.
   *
   * @param status when all is well
   * @param media its type
   * @param type of JSON; Void for what is none
   */
  public record Answer(int status, String media, Class<?> type) {
    /** An object in JSON. */
    public static Answer json(Class<?> type) {
      return new Answer(200, "application/json", type);
    }

    /** Bytes of a media type. */
    public static Answer of(String media) {
      return new Answer(200, media, Void.class);
    }
  }

  public Route {
    requireNonNull(method, "method is null");
    requireNonNull(path, "path is null");
    requireNonNull(summary, "summary is null");
    parameters = List.copyOf(parameters);
    requireNonNull(body, "body is null");
    requireNonNull(answer, "answer is null");
    requireNonNull(handler, "handler is null");
  }

  /** A route that reads. */
  public static Route get(String path, String summary, Answer answer, Handler handler) {
    return new Route(HandlerType.GET, path, summary, List.of(), Optional.empty(), answer, handler);
  }

  /** A route that does something. */
  public static Route post(String path, String summary, Answer answer, Handler handler) {
    return new Route(HandlerType.POST, path, summary, List.of(), Optional.empty(), answer, handler);
  }

  /** The same by another method. */
  public Route by(HandlerType other) {
    return new Route(other, path, summary, parameters, body, answer, handler);
  }

  /** The same with a body. */
  public Route taking(Class<?> type) {
    return new Route(method, path, summary, parameters, Optional.of(type), answer, handler);
  }

  /** The same with a number in its path. */
  public Route id(String name, String description) {
    return with(new Parameter(name, "path", Long.class, true, description));
  }

  /** The same with a parameter in its query that is needed. */
  public Route needs(String name, Class<?> type, String description) {
    return with(new Parameter(name, "query", type, true, description));
  }

  /** The same with a parameter in its query. */
  public Route takes(String name, Class<?> type, String description) {
    return with(new Parameter(name, "query", type, false, description));
  }

  private Route with(Parameter parameter) {
    List<Parameter> more = new ArrayList<>(parameters);
    more.add(parameter);
    return new Route(method, path, summary, more, body, answer, handler);
  }

  /**
   * Does it, but refuses parameters that the API does not have: a filter that is misspelt would
   * else be left out unsaid.
   */
  public Handler checked() {
    List<String> known =
        parameters.stream().filter(p -> p.place().equals("query")).map(Parameter::name).toList();
    return isApi()
        ? ctx -> {
          for (String given : ctx.queryParamMap().keySet()) {
            if (!known.contains(given)) {
              throw new InvalidInputException(
                  "parameter \"%.40s\"".formatted(given),
                  "is not one of %s %s; expected %s"
                      .formatted(method, path, known.isEmpty() ? "none" : known));
            }
          }
          handler.handle(ctx);
        }
        : handler;
  }

  /** Whether it belongs to the API, rather than being a page. */
  public boolean isApi() {
    return path.startsWith("/api/");
  }
}
