package dev.anvil.edit;

import dev.anvil.InvalidInputException;
import dev.anvil.campaign.Post;
import dev.anvil.packs.PackKind;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A kind of editor: its name in study files, how one is made, and what can be said of it before one
 * is made. What depends on parameters that only a made one knows, {@link Editor} answers.
 *
 * <p>The kinds that come with Anvil are listed in {@link Editors}. Those of another jar are found
 * by {@link java.util.ServiceLoader}, and need a constructor without parameters.
 */
public interface EditorKind {
  /** What an editor works on. */
  enum Scope {
    /** Any picture. */
    PICTURE,
    /** The picture of a post, for which something lies ready. */
    POST,
    /** A picture that was generated from words, which it changes. */
    GENERATED,
    /** A picture as levels of other factors change it, one after the other. */
    FACTORS;

    /** Whether a whole new picture is given, so that no other edit can go before it. */
    public boolean isWhole() {
      return this == POST || this == GENERATED;
    }
  }

  /** Short name used in study files, for example {@code recolor}; that of its editors too. */
  String name();

  /** What its editors work on. */
  default Scope scope() {
    return Scope.PICTURE;
  }

  /** The kind of model pack without which none can be made; it is named by the parameter pack. */
  default Optional<PackKind> pack() {
    return Optional.empty();
  }

  /**
   * Whether all that its edits change is the cast of colours over the picture, so that only a model
   * which colour casts were left to ({@code predict.Nuisance}) sees them.
   */
  default boolean needsTones() {
    return false;
  }

  /** Whether a server does the work of its editors, so that pictures leave this machine. */
  default boolean isRemote() {
    return false;
  }

  /** Whether networks paint what words ask for, which they may fail to paint. */
  default boolean isGenerative() {
    return isRemote();
  }

  /**
   * What a picture shows after an edit with these parameters, as far as they tell: posts that show
   * it have the level, unless a study says otherwise.
   */
  default Optional<Shown> shows(Map<String, Object> parameters) {
    return Optional.empty();
  }

  /**
   * Makes an editor of any picture.
   *
   * @param editors lends networks, which it keeps open
   * @throws InvalidInputException with every unknown, missing or unfit parameter; when the kind
   *     does not work on any picture
   */
  Editor create(Parameters given, Editors editors);

  /**
   * Makes the editors of posts; empty for a post that has no variant.
   *
   * @throws InvalidInputException as {@link #create} does
   */
  default Function<Post, Optional<Editor>> forPosts(Parameters given, Editors editors) {
    Optional<Editor> editor = Optional.of(create(given, editors));
    return post -> editor;
  }

  /** A kind of which nothing is to be said but how its editors are made. */
  static EditorKind of(String name, BiFunction<Parameters, Editors, Editor> maker) {
    return new EditorKind() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Editor create(Parameters given, Editors editors) {
        return maker.apply(given, editors);
      }
    };
  }

  /** A kind that only studies can make, from more than parameters. */
  static EditorKind ofStudies(String name, Scope scope) {
    return new EditorKind() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Scope scope() {
        return scope;
      }

      @Override
      public Editor create(Parameters given, Editors editors) {
        throw new InvalidInputException(
            "editor", "found \"%s\", which is for studies only".formatted(name));
      }
    };
  }
}
