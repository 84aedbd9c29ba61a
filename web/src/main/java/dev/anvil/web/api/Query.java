package dev.anvil.web.api;

import dev.anvil.InvalidInputException;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Function;

/** Parameters of a request. */
public final class Query {
  private Query() {}

  /** The number in a path. */
  public static long id(Context ctx, String name) {
    return number(name, ctx.pathParam(name));
  }

  /** A text that is needed. */
  public static String text(Context ctx, String name) {
    return find(ctx, name)
        .orElseThrow(() -> new InvalidInputException(name, "is missing; expected a value"));
  }

  /** A text, where it was given. */
  public static Optional<String> find(Context ctx, String name) {
    return Optional.ofNullable(ctx.queryParam(name)).filter(value -> !value.isEmpty());
  }

  /** A number that is needed. */
  public static long number(Context ctx, String name) {
    return number(name, text(ctx, name));
  }

  /** A number, where it was given. */
  public static Optional<Long> findNumber(Context ctx, String name) {
    return find(ctx, name).map(value -> number(name, value));
  }

  /** A number within bounds, or what is usual. */
  public static int number(Context ctx, String name, int usual, int least, int most) {
    long value = findNumber(ctx, name).orElse((long) usual);
    if (value < least || value > most) {
      throw new InvalidInputException(
          name, "found %d; expected %d to %d".formatted(value, least, most));
    }
    return (int) value;
  }

  /** Yes or no, or what is usual. */
  public static boolean flag(Context ctx, String name, boolean usual) {
    String value = find(ctx, name).orElse(Boolean.toString(usual));
    if (!value.equals("true") && !value.equals("false")) {
      throw new InvalidInputException(
          name, "found \"%.40s\"; expected true or false".formatted(value));
    }
    return value.equals("true");
  }

  /** A value of a kind, where it was given. */
  public static <T> Optional<T> find(Context ctx, String name, Function<String, T> reader) {
    return find(ctx, name)
        .map(
            value -> {
              try {
                return reader.apply(value);
              } catch (RuntimeException e) {
                throw new InvalidInputException(
                    name, "found \"%.40s\", which cannot be read".formatted(value));
              }
            });
  }

  private static long number(String name, String value) {
    if (!value.matches("\\d{1,18}")) {
      throw new InvalidInputException(
          name, "found \"%.40s\"; expected a whole number".formatted(value));
    }
    return Long.parseLong(value);
  }
}
