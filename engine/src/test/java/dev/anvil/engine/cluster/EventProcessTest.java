package dev.anvil.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.AnvilException;
import dev.anvil.Cancellation;
import dev.anvil.CancelledException;
import dev.anvil.InternalException;
import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.PhaseListener;
import dev.anvil.ProgressTree;
import dev.anvil.RunContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes of a shell that say what a driver would say. */
@DisabledOnOs(OS.WINDOWS)
class EventProcessTest {
  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();
  private final EventPrinter printer = new EventPrinter(said::add);

  private EventProcess process(String script) {
    return new EventProcess(List.of("/bin/sh", "-c", script), folder.resolve("log"));
  }

  /** Says the lines, between others. */
  private EventProcess saying(int code) throws IOException {
    Path lines =
        Files.writeString(
            folder.resolve("lines"),
            said.stream().map(line -> line + "\n").collect(Collectors.joining("a warning\n")));
    return process("cat '%s'; exit %d".formatted(lines, code));
  }

  @Test
  void phasesOfTheProcessArePhasesHere() throws IOException {
    try (Phase outer = RunContext.of(printer).start("study", -1);
        Phase inner = outer.context().start("encode", 3)) {
      inner.step(3);
    }
    printer.finished(Map.of("run", 7));
    List<String> ended = new ArrayList<>();
    ProgressTree tree = new ProgressTree();
    long run =
        saying(0)
            .run(RunContext.of(tree.and((Ended) p -> ended.add(p + " " + p.done() + p.total()))))
            .path("run")
            .asLong();
    assertThat(run).isEqualTo(7);
    assertThat(ended)
        .containsExactly("study > encode 3OptionalLong[3]", "study 0OptionalLong.empty");
    assertThat(tree.snapshot()).singleElement().matches(ProgressTree.Node::ended);
  }

  private interface Ended extends PhaseListener {
    @Override
    default void started(Phase phase) {}

    @Override
    default void advanced(Phase phase, long count) {}
  }

  @Test
  void whatTheProcessRefusedIsRefusedHere() throws IOException {
    printer.failed(new InvalidInputException("study.yaml line 3", "found x; expected y"));
    assertThatThrownBy(() -> saying(3).run(RunContext.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("study.yaml line 3: found x; expected y");
  }

  @Test
  void aProcessThatEndsWithoutAnOutcomeHasFailedAndItsLogIsNamed() throws IOException {
    assertThatThrownBy(() -> process("echo no memory >&2; exit 1").run(RunContext.NONE))
        .isInstanceOf(InternalException.class)
        .hasMessage(
            "/bin/sh ended with exit code 1 and no outcome; %s says why"
                .formatted(folder.resolve("log")));
    assertThat(folder.resolve("log")).hasContent("no memory");
  }

  @Test
  void cancellingStopsTheProcessAndEndsItsPhases() throws IOException {
    RunContext.of(printer).start("encode", 3);
    Path line = Files.writeString(folder.resolve("line"), said.get(0) + "\n");
    Path stopped = folder.resolve("stopped");
    Cancellation cancellation = new Cancellation();
    ProgressTree tree = new ProgressTree();
    EventProcess process =
        process(
            "trap 'touch \"%s\"; exit' TERM; cat '%s'; while :; do sleep .1; done"
                .formatted(stopped, line));
    assertThatThrownBy(
            () ->
                process.run(
                    RunContext.of(tree.and((Begun) phase -> cancellation.cancel()), cancellation)))
        .isInstanceOf(CancelledException.class)
        .extracting(e -> ((AnvilException) e).code())
        .isEqualTo(AnvilException.Code.CANCELLED);
    assertThat(stopped).exists();
    assertThat(tree.snapshot()).singleElement().matches(ProgressTree.Node::ended);
  }

  private interface Begun extends PhaseListener {
    @Override
    default void advanced(Phase phase, long count) {}

    @Override
    default void ended(Phase phase) {}
  }
}
