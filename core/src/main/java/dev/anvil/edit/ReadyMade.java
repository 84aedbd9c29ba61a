package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Variants that somebody has made by hand, or rendered: one picture file per source post and level.
 */
public final class ReadyMade implements Editor {
  /** Parameters: {@code pictures}, a path with {post} in it; {@code missing} (skip or source). */
  static final EditorKind KIND =
      new EditorKind() {
        @Override
        public String name() {
          return "files";
        }

        @Override
        public Scope scope() {
          return Scope.POST;
        }

        @Override
        public Editor create(Parameters given, Editors editors) {
          throw new InvalidInputException(
              "editor", "found \"%s\", which edits posts only".formatted(name()));
        }

        @Override
        public Function<Post, Optional<Editor>> forPosts(Parameters given, Editors editors) {
          return Pattern.of(given.given(), given.baseFolder())::editor;
        }
      };

  private static final String POST = "{post}";

  private final Path file;
  private final String hash;

  private ReadyMade(Path file, String hash) {
    this.file = file;
    this.hash = hash;
  }

  /**
   * How the files of one level are found.
   *
   * @param pattern path with {post} in place of the post's id
   * @param sourceIfMissing whether the source itself is taken where there is no file, because it
   *     has the level already
   */
  public record Pattern(Path folder, String pattern, boolean sourceIfMissing) {
    public Pattern {
      requireNonNull(folder, "folder is null");
      requireNonNull(pattern, "pattern is null");
    }

    /**
     * Reads a level's parameters: {@code pictures}, and {@code missing} (skip or source).
     *
     * @throws InvalidInputException with every unknown, missing or unfit parameter
     */
    public static Pattern of(Map<String, Object> parameters, Path folder) {
      List<Problem> problems = new ArrayList<>();
      String pattern = String.valueOf(parameters.getOrDefault("pictures", ""));
      if (!pattern.contains(POST)) {
        problems.add(
            new Problem(
                "pictures", "found \"%s\"; expected a path with {post} in it".formatted(pattern)));
      }
      String missing = String.valueOf(parameters.getOrDefault("missing", "skip"));
      if (!missing.equals("skip") && !missing.equals("source")) {
        problems.add(
            new Problem("missing", "found \"%s\"; expected skip or source".formatted(missing)));
      }
      for (String name : new TreeSet<>(parameters.keySet())) {
        if (!name.equals("pictures") && !name.equals("missing")) {
          problems.add(new Problem(name, "is not known; expected pictures or missing"));
        }
      }
      if (!problems.isEmpty()) {
        throw new InvalidInputException(problems);
      }
      return new Pattern(folder, pattern, missing.equals("source"));
    }

    /** The variant of a post, empty when there is none. */
    public Optional<Editor> editor(Post post) {
      Path file = folder.resolve(pattern.replace(POST, post.id()));
      if (!Files.isRegularFile(file)) {
        return sourceIfMissing
            ? Optional.of(new ReadyMade(post.picture(), post.creative()))
            : Optional.empty();
      }
      try {
        return Optional.of(new ReadyMade(file, Sha256.of(file)));
      } catch (IOException e) {
        throw new UncheckedIOException("could not read " + file, e);
      }
    }
  }

  @Override
  public String name() {
    return KIND.name();
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of("sha256", hash);
  }

  @Override
  public boolean isGlobal() {
    return true;
  }

  @Override
  public boolean mustChange(EditRequest request) {
    return false;
  }

  @Override
  public Edited edit(EditRequest request, RunContext context) {
    Picture picture = PictureReader.DEFAULT.read(file, hash);
    if (picture.width() != request.source().width()
        || picture.height() != request.source().height()) {
      throw new InvalidInputException(
          file.toString(),
          "found %s; expected the size of %s".formatted(picture, request.source()));
    }
    return new Edited(picture, Mask.full(picture.width(), picture.height()));
  }
}
