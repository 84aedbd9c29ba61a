package dev.anvil.engine.service.view;

import static java.util.Objects.requireNonNull;

import dev.anvil.NotFoundException;
import dev.anvil.RunContext;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.study.Studies;
import dev.anvil.engine.service.study.StudyService;
import dev.anvil.engine.service.study.StudyWork;
import dev.anvil.image.PictureReader;
import dev.anvil.report.data.Thumbnail;
import dev.anvil.store.BlobStore;
import dev.anvil.store.Run;
import dev.anvil.study.design.Cell;
import dev.anvil.study.variant.ScoredVariant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The pictures of finished studies. A study keeps those of a few creatives; the others are made
 * again when somebody looks at them, and kept. The study that was looked at last stays open. Safe
 * for use from several threads.
 */
public final class VariantPictures implements AutoCloseable {
  private static final int WIDTH = 320;
  private static final float QUALITY = .85f;

  private final Parts parts;
  private final StudyWork studies;
  private Optional<Opened> opened = Optional.empty();

  /** Of the studies of a workspace. */
  public VariantPictures(Parts parts) {
    this.parts = requireNonNull(parts, "parts is null");
    this.studies = new StudyWork(parts);
  }

  /**
   * A study that can make its variants.
   *
   * @param cells by key
   */
  private record Opened(long run, StudyWork.Studio studio, Map<String, Cell> cells) {}

  /**
   * A variant, small, as a JPEG.
   *
   * @param run of a study
   * @param key of one of its variants
   * @throws NotFoundException when the study has no such variant, or when what it was made of has
   *     changed since
   */
  public byte[] jpeg(long run, String key, RunContext context) {
    Run study = Studies.finished(parts, Optional.of(run));
    ScoredVariant variant =
        StudyService.result(parts.artefacts(run)).variants().stream()
            .filter(v -> v.key().equals(key))
            .findFirst()
            .orElseThrow(() -> new NotFoundException("variant", "is none of run " + run));
    BlobStore blobs = parts.stores().blobs();
    String blob =
        variant.picture().filter(blobs::isWhole).orElseGet(() -> made(study, variant, context));
    return Thumbnail.jpeg(
        PictureReader.DEFAULT.read(name(variant), blobs.get(blob).orElseThrow()), WIDTH, QUALITY);
  }

  private synchronized String made(Run study, ScoredVariant variant, RunContext context) {
    if (opened.filter(o -> o.run() == study.id()).isEmpty()) {
      close();
      opened = Optional.of(open(study, context));
    }
    Opened from = opened.orElseThrow();
    Cell cell = from.cells().get(variant.key());
    if (cell == null) {
      throw new NotFoundException(
          name(variant), "was not kept, and what it was made of has changed; run the study again");
    }
    return from.studio().runner().picture(cell, context);
  }

  private static String name(ScoredVariant variant) {
    return "%s %s of post %s".formatted(variant.factor(), variant.level(), variant.post());
  }

  private Opened open(Run study, RunContext context) {
    StudyOnModel asked = StudyService.asked(study);
    ModelView view = studies.view(asked);
    StudyWork.Studio studio = studies.studio(view, context);
    try {
      return new Opened(
          study.id(),
          studio,
          studio
              .runner()
              .cells(asked.study().spec(), asked.study().folder(), view.campaign().posts(), context)
              .stream()
              .collect(Collectors.toMap(Cell::key, Function.identity(), (a, b) -> a)));
    } catch (RuntimeException | Error e) {
      studio.close();
      throw e;
    }
  }

  /** Lets go of the study that was looked at last. */
  @Override
  public synchronized void close() {
    opened.ifPresent(o -> o.studio().close());
    opened = Optional.empty();
  }
}
