package dev.anvil.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of campaigns does. */
public abstract class PostStoreContract {
  protected abstract PostStore posts();

  @Test
  void keepsTheLastSavedPostsOfACampaignByTime() {
    posts().save("cars", "a.csv", "{}", "{}", List.of(post("p1", 1)));
    posts()
        .save(
            "cars", "b.csv", "{\"likes\":\"COUNT\"}", "{}", List.of(post("p3", 3), post("p2", 2)));
    assertThat(posts().load("cars")).contains(List.of(post("p2", 2), post("p3", 3)));
    assertThat(posts().source("cars")).contains("b.csv");
    assertThat(posts().kinds("cars")).contains("{\"likes\":\"COUNT\"}");
    assertThat(posts().kinds("bikes")).isEmpty();
    assertThat(posts().load("bikes")).isEmpty();
    assertThat(posts().source("bikes")).isEmpty();
  }

  @Test
  void keepsACampaignWithoutPosts() {
    posts().save("none", "a.csv", "{}", "{}", List.of());
    assertThat(posts().load("none")).contains(List.of());
  }

  @Test
  void namesTheCampaignSavedLastFirst() throws Exception {
    posts().save("cars", "a.csv", "{}", "{}", List.of());
    Thread.sleep(2);
    posts().save("bikes", "b.csv", "{}", "{}", List.of());
    assertThat(posts().names()).containsExactly("bikes", "cars");
    Thread.sleep(2);
    posts().save("cars", "c.csv", "{}", "{}", List.of());
    assertThat(posts().names()).containsExactly("cars", "bikes");
  }

  @Test
  void keepsNothingOfASaveThatFails() {
    posts().save("cars", "a.csv", "{}", "{}", List.of(post("p1", 1)));
    List<StoredPost> twice = List.of(post("p2", 2), post("p2", 2));
    assertThatThrownBy(() -> posts().save("cars", "b.csv", "{}", "{}", twice))
        .isInstanceOf(RuntimeException.class);
    assertThat(posts().load("cars")).contains(List.of(post("p1", 1)));
    assertThat(posts().source("cars")).contains("a.csv");
  }

  protected static StoredPost post(String id, int day) {
    return new StoredPost(
        id, "ab", "/a.jpg", "2017-03-0%dT18:20:00".formatted(day), "{\"likes\":3}", "{}");
  }
}
