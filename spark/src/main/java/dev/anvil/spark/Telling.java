package dev.anvil.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anvil.AnvilException;
import dev.anvil.Phase;
import dev.anvil.PhaseListener;
import dev.anvil.Problem;
import dev.anvil.engine.cluster.EventPrinter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.List;

/** How a job that was started by spark-submit tells what it does, and what came of it. */
interface Telling extends PhaseListener {
  void finished(Object outcome);

  void failed(AnvilException e);

  /** For people: when a phase begins and how many steps it has, and every problem. */
  static Telling text() {
    return new Telling() {
      @Override
      public void started(Phase phase) {
        System.err.printf(
            "anvil-spark: %s%s%n",
            String.join(" > ", phase.path()),
            phase.total().isPresent() ? " (%d)".formatted(phase.total().getAsLong()) : "");
      }

      @Override
      public void advanced(Phase phase, long count) {}

      @Override
      public void ended(Phase phase) {}

      @Override
      public void finished(Object outcome) {
        System.out.println(Json.write(outcome));
      }

      @Override
      public void failed(AnvilException e) {
        List<Problem> problems =
            e.problems().isEmpty() ? List.of(new Problem("anvil", e.getMessage())) : e.problems();
        problems.forEach(problem -> System.err.println("anvil-spark: " + problem));
      }
    };
  }

  /** For programs: events on standard output. */
  static Telling events() {
    // JSON is UTF-8, whatever the terminal's encoding is
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), /* autoFlush= */ true, UTF_8);
    EventPrinter events = new EventPrinter(out::println);
    return new Telling() {
      @Override
      public void started(Phase phase) {
        events.started(phase);
      }

      @Override
      public void advanced(Phase phase, long count) {
        events.advanced(phase, count);
      }

      @Override
      public void ended(Phase phase) {
        events.ended(phase);
      }

      @Override
      public void finished(Object outcome) {
        events.finished(outcome);
      }

      @Override
      public void failed(AnvilException e) {
        events.failed(e);
      }
    };
  }
}
