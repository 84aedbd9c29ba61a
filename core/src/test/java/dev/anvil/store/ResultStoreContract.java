package dev.anvil.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store of results does. */
public abstract class ResultStoreContract {
  protected abstract ResultStore results();

  @Test
  void keepsTextsAndBytesByKindAndKey() {
    ResultStore results = results();
    results.put("mask", "k", new byte[] {0, -1, 2});
    results.put("told", "k", "grün");
    assertThat(results.bytes("mask", "k")).contains(new byte[] {0, -1, 2});
    assertThat(results.get("told", "k")).contains("grün");
    assertThat(results.get("told", "other")).isEmpty();
    assertThat(results.get("other", "k")).isEmpty();
  }

  @Test
  void theSameKeyAgainReplacesItsValue() {
    ResultStore results = results();
    results.put("told", "k", "red");
    results.put("told", "k", "");
    assertThat(results.get("told", "k")).contains("");
  }

  @Test
  void keepsSeveralAtOnceAndCountsThemByKind() {
    ResultStore results = results();
    results.putAll("b", Map.of("1", new byte[1], "2", new byte[2]));
    results.put("a", "1", "x");
    assertThat(results.counts()).isEqualTo(Map.of("a", 1L, "b", 2L));
    assertThat(results.bytes("b", "2")).contains(new byte[2]);
  }
}
