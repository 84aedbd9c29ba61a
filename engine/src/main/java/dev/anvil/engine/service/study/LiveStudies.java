package dev.anvil.engine.service.study;

import dev.anvil.engine.service.study.LiveStudy.LiveVariant;
import dev.anvil.image.Picture;
import dev.anvil.report.data.Thumbnail;
import dev.anvil.study.StudyListener;
import dev.anvil.study.design.Cell;
import dev.anvil.study.variant.VariantStudio.Check;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Studies that an engine is running, as they grow, once somebody watches: small pictures and
 * estimates on the way take some of the machine's time. Safe for use from several threads.
 */
public final class LiveStudies {
  private static final int SHOWN = 24;

  /** A page that shows the newest may ask for their pictures while newer ones come. */
  private static final int KEPT = 240;

  private static final int WIDTH = 240;
  private static final float QUALITY = .8f;

  private final Map<Long, Growing> running = new ConcurrentHashMap<>();
  private final AtomicReference<Optional<Ended>> last = new AtomicReference<>(Optional.empty());
  private volatile boolean watched;

  /** A study whose pictures are still asked for by those who watched its end. */
  private record Ended(long run, Growing study) {}

  /** Lets every study that begins from now on show itself. */
  public void watch() {
    watched = true;
  }

  /** A study as it is now; empty for a run that this engine is not at. */
  public Optional<LiveStudy> find(long run) {
    return Optional.ofNullable(running.get(run)).map(Growing::now);
  }

  /**
   * A small picture of a variant, as a JPEG; empty when there are hundreds of newer ones. The study
   * that ended last still has its own.
   *
   * @param number of the variant in its study
   */
  public Optional<byte[]> picture(long run, int number) {
    return Optional.ofNullable(running.get(run))
        .or(() -> last.get().filter(ended -> ended.run() == run).map(Ended::study))
        .flatMap(study -> study.picture(number));
  }

  /**
   * Listens to a run's study until it is {@link #over}.
   *
   * @param explained whether pictures explain the metric; else no estimate counts as valid
   */
  Optional<StudyListener> begin(long run, boolean explained) {
    if (!watched) {
      return Optional.empty();
    }
    Growing study = new Growing(explained);
    running.put(run, study);
    return Optional.of(study);
  }

  void over(long run) {
    Growing ended = running.get(run);
    if (ended != null) {
      last.set(Optional.of(new Ended(run, ended)));
      running.remove(run);
    }
  }

  private static final class Growing implements StudyListener {
    private record Kept(LiveVariant variant, byte[] picture) {}

    private final boolean explained;
    private final Deque<Kept> newest = new ArrayDeque<>();
    private long revision;
    private int sources;
    private int made;
    private int failed;
    private Optional<InterimEstimates> provisional = Optional.empty();
    private Optional<InterimEstimates> valid = Optional.empty();
    private Optional<String> unestimated = Optional.empty();

    Growing(boolean explained) {
      this.explained = explained;
    }

    @Override
    public synchronized void began(int most) {
      sources = most;
      revision++;
    }

    @Override
    public void made(Cell cell, Picture picture, Check check) {
      byte[] small = Thumbnail.jpeg(picture, WIDTH, QUALITY);
      synchronized (this) {
        made++;
        failed += check.reasons().isEmpty() ? 0 : 1;
        newest.addFirst(
            new Kept(
                new LiveVariant(
                    made,
                    cell.from().post().id(),
                    cell.factor().name(),
                    cell.level(),
                    check.reasons()),
                small));
        if (newest.size() > KEPT) {
          newest.removeLast();
        }
        revision++;
      }
    }

    @Override
    public synchronized void estimated(InterimEstimates estimates) {
      if (estimates.valid() && explained) {
        valid = Optional.of(estimates);
        provisional = Optional.empty();
      } else {
        provisional = Optional.of(estimates.asProvisional());
      }
      unestimated = Optional.empty();
      revision++;
    }

    @Override
    public synchronized void unestimated(int complete, String why) {
      unestimated = Optional.of(why);
      revision++;
    }

    synchronized LiveStudy now() {
      return new LiveStudy(
          revision,
          sources,
          made,
          failed,
          newest.stream().limit(SHOWN).map(Kept::variant).toList(),
          provisional,
          valid,
          unestimated);
    }

    synchronized Optional<byte[]> picture(int number) {
      return newest.stream()
          .filter(kept -> kept.variant().number() == number)
          .findFirst()
          .map(Kept::picture);
    }
  }
}
