package dev.anvil.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.campaign.Post;
import dev.anvil.predict.matrix.Matrix;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static List<Post> posts(String column, int accounts) {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      posts.add(
          new Post(
              "p" + i,
              "c" + i,
              Path.of("p.jpg"),
              Optional.of(LocalDateTime.of(2024, 1, 1 + i, 0, 0)),
              Map.of(),
              Map.of(column, "brand " + i % accounts, "caption", "text " + i)));
    }
    return posts;
  }

  @Test
  void columnIsFoundWhateverItsCaseAndAccents() {
    assertThat(Accounts.column("nom d utilisateur", posts("Nom d'Utilisateur", 4)))
        .isEqualTo("Nom d'Utilisateur");
    assertThat(Accounts.column("MARQUE", posts("Marqu\u00e9", 4))).isEqualTo("Marqu\u00e9");
  }

  @Test
  void unknownColumnIsRefusedWithTheColumnsThereAre() {
    assertThatThrownBy(() -> Accounts.column("brand", posts("Username", 4)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("\"brand\"")
        .hasMessageContaining("Username, caption");
  }

  @Test
  void columnOfOneAccountIsRefused() {
    assertThatThrownBy(() -> Accounts.column("username", posts("Username", 1)))
        .hasMessageContaining("only the value \"brand 0\"");
  }

  @Test
  void columnWithAnotherValueInEachPostIsRefused() {
    assertThatThrownBy(() -> Accounts.column("caption", posts("Username", 4)))
        .hasMessageContaining("20 values for 20 posts");
  }

  @Test
  void featuresAreTakenRelativeToTheMeanOfTheirAccount() {
    Matrix features = Matrix.of(new float[][] {{1, 10}, {3, Float.NaN}, {10, 0}, {20, 4}, {7, 7}});
    List<String> accounts = List.of("a", "a", "b", "b", "new");
    AccountMeans means = AccountMeans.fit(features, accounts, new int[] {0, 1, 2, 3});
    float[] centred = means.centre(features, accounts).values();
    // means of a: 2, 10; of b: 15, 2; typical: 8.5, 6
    assertThat(centred).containsExactly(-1f, 0f, 1f, Float.NaN, -5f, -2f, 5f, 2f, -1.5f, 1f);
  }
}
