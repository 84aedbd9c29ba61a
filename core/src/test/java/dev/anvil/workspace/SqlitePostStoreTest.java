package dev.anvil.workspace;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.store.DamagedException;
import dev.anvil.store.PostStore;
import dev.anvil.store.PostStoreContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlitePostStoreTest extends PostStoreContract {
  @TempDir Path temp;
  private DatabaseFile kept;

  @BeforeEach
  void open() {
    kept = new DatabaseFile(temp);
  }

  @AfterEach
  void close() {
    kept.close();
  }

  @Override
  protected PostStore posts() {
    return kept.posts();
  }

  @Test
  void aFlippedDigitOfAMetricIsNoticed() {
    posts().save("cars", "a.csv", "{}", "{}", List.of(post("p1", 1), post("p2", 2)));
    kept.damage("UPDATE posts SET metrics = '{\"likes\":8}' WHERE id = 'p2'");
    assertThatThrownBy(() -> posts().load("cars"))
        .isInstanceOf(DamagedException.class)
        .hasMessage("campaign cars: found that post p2 is damaged; import it again");
  }

  @Test
  void aPostThatIsGoneIsNoticed() {
    posts().save("cars", "a.csv", "{}", "{}", List.of(post("p1", 1), post("p2", 2)));
    kept.damage("DELETE FROM posts WHERE id = 'p1'");
    assertThatThrownBy(() -> posts().load("cars"))
        .isInstanceOf(DamagedException.class)
        .hasMessage("campaign cars: found 1 posts of 2; import it again");
  }

  @Test
  void aChangedKindOfMetricIsNoticed() {
    posts().save("cars", "a.csv", "{\"likes\":\"COUNT\"}", "{}", List.of(post("p1", 1)));
    kept.damage("UPDATE campaigns SET kinds = '{\"likes\":\"RATE\"}'");
    assertThatThrownBy(() -> posts().kinds("cars")).isInstanceOf(DamagedException.class);
    assertThatThrownBy(() -> posts().load("cars"))
        .isInstanceOf(DamagedException.class)
        .hasMessage("campaign cars: found that what is kept of it is damaged; import it again");
  }
}
