package dev.anvil.edit.remote;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.edit.EditRequest;
import dev.anvil.edit.Edited;
import dev.anvil.edit.Editor;
import dev.anvil.edit.PasteBack;
import dev.anvil.edit.Window;
import dev.anvil.image.Box;
import dev.anvil.image.DecodeLimits;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.UnreadablePictureException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Has a server repaint an element, and pastes what it made back over the source, so that everything
 * else stays as it was to the byte.
 */
final class RemoteEditor implements Editor {
  private static final PictureReader READER =
      new PictureReader(new DecodeLimits(64_000_000, 64 << 20, 100, 1));
  private static final double SURROUNDINGS = 2;
  private static final int LEAST_SIDE = 64;

  /**
   * How a picture is sent and laid back.
   *
   * @param feather width of the soft edge around the element, in pixels
   * @param wholePicture whether the server sees all of it; otherwise a square around the element
   * @param perMinute most edits in a minute
   */
  record Handling(int feather, boolean wholePicture, double perMinute) {}

  private final String name;
  private final Client client;
  private final Server server;
  private final Rate rate;
  private final Handling handling;
  private final Generation generation;
  private final Optional<String> nullPrompt;

  RemoteEditor(
      String name,
      Client client,
      Server server,
      Rate rate,
      Handling handling,
      Generation generation,
      Optional<String> nullPrompt) {
    this.name = requireNonNull(name, "name is null");
    this.client = requireNonNull(client, "client is null");
    this.server = requireNonNull(server, "server is null");
    this.rate = requireNonNull(rate, "rate is null");
    this.handling = requireNonNull(handling, "handling is null");
    this.generation = requireNonNull(generation, "generation is null");
    this.nullPrompt = requireNonNull(nullPrompt, "nullPrompt is null");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> out = new TreeMap<>(server.describe(generation));
    out.put("feather", Integer.toString(handling.feather()));
    out.put("area", handling.wholePicture() ? Remotes.PICTURE : Remotes.ELEMENT);
    return out;
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidInputException when no {@code null_prompt} was given: without it nobody knows
   *     what the server would make of the picture when it is asked for no change
   */
  @Override
  public Optional<Editor> nullEdit() {
    String prompt =
        nullPrompt.orElseThrow(
            () ->
                new InvalidInputException(
                    "editor %s, parameter null_prompt".formatted(name),
                    "found nothing; expected what the element is without the change, such as \"a"
                        + " chair\", for the control of every variant"));
    return Optional.of(
        new RemoteEditor(
            name, client, server, rate, handling, generation.withPrompt(prompt), nullPrompt));
  }

  /** A server may find that the null edit leaves nothing to do. */
  @Override
  public boolean mustChange(EditRequest request) {
    return nullPrompt.filter(generation.prompt()::equals).isEmpty();
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public Edited edit(EditRequest request, RunContext context) {
    Picture source = request.source();
    if (request.mask().bounds().isEmpty()) {
      return new Edited(source, Mask.empty(source.width(), source.height()));
    }
    Mask hole = request.mask().dilated(handling.feather());
    Box part =
        handling.wholePicture()
            ? Window.whole(source)
            : Window.square(hole.bounds().orElseThrow(), SURROUNDINGS, LEAST_SIDE, source);
    Window window = Window.of(part, server.canvas(part));
    rate.await(handling.perMinute(), context);
    // the lower half of a derived seed is as good as all of it, and a small seed stays itself
    Server.Ask ask =
        new Server.Ask(
            window.view(source),
            window.view(hole).threshold(0),
            generation,
            request.seed() & 0xffffffffL);
    Picture made = read(server.repaint(ask, context), window);
    Mask laid = hole.feathered(handling.feather()).intersection(hole);
    return PasteBack.paste(source, window.back(made, source), laid);
  }

  private Picture read(byte[] file, Window window) {
    Picture made;
    try {
      made = READER.read("its picture", file);
    } catch (UnreadablePictureException e) {
      throw client.failure("gave no whole picture: " + e.problem());
    }
    if (made.width() != window.canvas().width() || made.height() != window.canvas().height()) {
      throw client.failure(
          "gave a picture of %d x %d; expected %d x %d"
              .formatted(
                  made.width(), made.height(), window.canvas().width(), window.canvas().height()));
    }
    return made;
  }
}
