package dev.anvil.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLedgerTest {
  private static final Run.Request REQUEST = new Run.Request("study", "{\"n\":1}", 42, "0.1");

  @TempDir Path temp;

  @Test
  void aRunIsRunningThenFinished() {
    try (Workspace workspace = Workspace.open(temp)) {
      RunLedger runs = workspace.runs();
      Run run = runs.begin(REQUEST);
      assertThat(run.status()).isEqualTo(Run.Status.RUNNING);
      assertThat(run.request()).isEqualTo(REQUEST);
      Run finished = runs.finish(run.id(), "{}");
      assertThat(finished.status()).isEqualTo(Run.Status.FINISHED);
      assertThat(finished.outcome()).contains("{}");
      assertThat(finished.ended()).isPresent();
      assertThat(runs.list()).containsExactly(finished);
      assertThatThrownBy(() -> runs.fail(run.id(), "late"))
          .hasMessage("run 1 is FINISHED; expected one that is running");
    }
  }

  @Test
  void aFailedRunKeepsItsReasonAndIsNotTakenUp() {
    try (Workspace workspace = Workspace.open(temp)) {
      RunLedger runs = workspace.runs();
      long id = runs.begin(REQUEST).id();
      assertThat(runs.fail(id, "no pictures").outcome()).contains("no pictures");
      assertThat(runs.begin(REQUEST).id()).isNotEqualTo(id);
    }
  }

  @Test
  void aRunOfALivingProcessIsNotTakenUp() {
    try (Workspace workspace = Workspace.open(temp)) {
      long id = workspace.runs().begin(REQUEST).id();
      assertThat(workspace.runs().begin(REQUEST).id()).isNotEqualTo(id);
    }
  }

  @Test
  void aProcessNumberThatWasGivenToAnotherProcessIsNotTheRunsProcess() {
    try (Workspace workspace = Workspace.open(temp);
        Database database = Database.open(temp.resolve("anvil.db"))) {
      long id = workspace.runs().begin(REQUEST).id();
      database.write(
          connection -> {
            Database.update(
                connection, "UPDATE runs SET process_started = process_started - 60000");
            return 0;
          });
      assertThat(workspace.runs().get(id).orElseThrow().status()).isEqualTo(Run.Status.INTERRUPTED);
    }
  }
}
