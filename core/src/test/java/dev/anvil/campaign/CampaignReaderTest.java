package dev.anvil.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.Sha256;
import dev.anvil.campaign.format.DateOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignReaderTest {
  @TempDir Path temp;

  @BeforeEach
  void pictures() throws Exception {
    PostFiles.pictures(temp, "a.jpg", "pictures/b.jpg");
  }

  @Test
  void readsPostsInTheOrderOfTheirTimes() throws Exception {
    ReadReport report =
        read(
            "posts.csv",
            """
            post_id,Image,Published,likes,CTR,country
            2,pictures/b.jpg,2018-01-02T10:00,"12,345",1.5%,
            1,a.jpg,2017-03-04 18:20,7,,DE
            """);
    assertThat(report.campaign().name()).isEqualTo("posts");
    assertThat(report.campaign().posts())
        .containsExactly(
            new Post(
                "1",
                Sha256.of("a.jpg"),
                temp.resolve("a.jpg"),
                LocalDateTime.of(2017, 3, 4, 18, 20),
                Map.of("likes", 7.0),
                Map.of("country", "DE")),
            new Post(
                "2",
                Sha256.of("pictures/b.jpg"),
                temp.resolve("pictures/b.jpg"),
                LocalDateTime.of(2018, 1, 2, 10, 0),
                Map.of("likes", 12_345.0, "CTR", .015),
                Map.of()));
    assertThat(report.columns())
        .isEqualTo(
            new Columns(
                Optional.of("post_id"),
                "Image",
                Optional.of("Published"),
                List.of("likes", "CTR"),
                List.of("country")));
    assertThat(report.warnings())
        .containsExactly(
            "likes: \"12,345\" is read as 12345",
            "CTR: \"1.5%\" is read as 0.015",
            "CTR is not known of 1 of 2 posts");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void findsTheDelimiter(String delimiter) throws Exception {
    String text =
        "picture,date,likes,caption\na.jpg,2017-03-04,7,\"one, two; three | four\"\n"
            .replace(",", delimiter)
            .replace("one" + delimiter, "one,");
    assertThat(onlyPost(read("posts.csv", text)).metadata())
        .containsEntry("caption", "one, two; three | four");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "windows-1252", "UTF-16"})
  void findsTheEncoding(String charset) throws Exception {
    Path file = temp.resolve("posts.csv");
    Files.write(
        file,
        "picture,date,likes,city\na.jpg,2017-03-04,7,Köln\n".getBytes(Charset.forName(charset)));
    ReadReport report = PostFiles.read(file);
    assertThat(onlyPost(report).metadata()).containsEntry("city", "Köln");
    assertThat(report.warnings())
        .isEqualTo(
            charset.startsWith("w")
                ? List.of("is not UTF-8; read as Latin-1 (Windows-1252)")
                : List.of());
  }

  @Test
  void ignoresAByteOrderMarkAndAnIndexWithoutName() throws Exception {
    ReadReport report = read("posts.csv", "\ufeffpicture,,date,likes\na.jpg,0,2017-03-04,7\n");
    assertThat(report.header()).containsExactly("picture", "date", "likes");
    assertThat(report.warnings()).containsExactly("column 2 has no name and is not used");
  }

  @Test
  void jsonInNoEncodingOfUnicodeIsRefused() throws Exception {
    byte[] wide = new byte[40]; // zeros after "[" are taken for UTF-32, which 0x21ff0000 is not
    wide[0] = '[';
    wide[33] = (byte) 0xff;
    wide[34] = 0x21;
    Files.write(temp.resolve("posts.json"), wide);
    assertThatThrownBy(() -> PostFiles.read(CampaignSource.of(temp.resolve("posts.json"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("posts.json");
  }

  @Test
  void jsonThatGoesOnAfterItsArrayIsRefused() {
    String post = "[{\"picture\": \"a.jpg\", \"date\": \"2017-03-04\", \"likes\": 5}]";
    for (String rest : List.of("[]", "\n{}", " 1", "x")) {
      assertThatThrownBy(() -> read("posts.json", post + rest))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("posts.json");
    }
  }

  @Test
  void readsJsonLinesAndArrays() throws Exception {
    String first = "{\"picture\":\"a.jpg\",\"date\":\"2017-03-04\",\"likes\":7,\"tags\":[\"x\"]}";
    String second = "{\"likes\":\"9\",\"picture\":\"b\",\"date\":1488651600,\"country\":null}";
    ReadReport lines = read("posts.jsonl", first + "\n\n" + second + "\n");
    ReadReport array = read("posts.json", "[" + first + ",\n" + second + "]");
    assertThat(lines.campaign()).isEqualTo(array.campaign());
    assertThat(lines.campaign().posts()).hasSize(2);
    assertThat(lines.campaign().posts().get(0).metadata()).isEqualTo(Map.of("tags", "[\"x\"]"));
    assertThat(lines.campaign().posts().get(1).metadata()).isEmpty();
  }

  @Test
  void tellsTheLineOfABadJsonObject() throws Exception {
    ReadReport report =
        read(
            "posts.jsonl",
            """
            {"picture":"a.jpg","date":"2017-03-04","likes":7}

            {"picture":"b","date":"2017-03-04","likes":"lots"}
            """);
    assertThat(report.quarantined()).singleElement().extracting(Quarantined::line).isEqualTo(3L);
  }

  @Test
  void readsParquet() throws Exception {
    Path file = temp.resolve("it's posts.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          COPY (SELECT 'a.jpg' AS picture, TIMESTAMP '2017-03-04 18:20:00' AS date,
                  7::BIGINT AS likes, 0.25::DOUBLE AS ctr, NULL::VARCHAR AS country
                UNION ALL SELECT 'b', TIMESTAMP '2017-03-05 00:00:00', -1, NULL, 'DE')
          TO '%s' (FORMAT parquet)
          """
              .formatted(file.toString().replace("'", "''")));
    }
    ReadReport report = PostFiles.read(file);
    Post post = onlyPost(report);
    assertThat(post.time()).contains(LocalDateTime.of(2017, 3, 4, 18, 20));
    assertThat(post.metrics()).isEqualTo(Map.of("likes", 7.0, "ctr", .25));
    assertThat(post.metadata()).isEmpty();
    assertThat(report.quarantined())
        .containsExactly(
            new Quarantined(
                2,
                List.of("b", "2017-03-05 00:00:00", "-1", "", "DE"),
                List.of("likes is \"-1\"; expected a whole number, 0 or more")));
  }

  @Test
  void thePointOfATypedNumberGroupsNoThousands() throws Exception {
    Path parquet = temp.resolve("posts.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT 'a.jpg' AS picture, 1.411::DECIMAL(6, 3) AS conversions, 2.345::DOUBLE AS price) TO '%s' (FORMAT parquet)"
              .formatted(parquet));
    }
    ReadReport json =
        read("posts.json", "[{\"picture\": \"a.jpg\", \"conversions\": 1.411, \"price\": 2.345}]");
    for (ReadReport report : List.of(PostFiles.read(parquet), json)) {
      assertThat(onlyPost(report).metrics())
          .isEqualTo(Map.of("conversions", 1.411, "price", 2.345));
    }
  }

  @Test
  void likesThatAreFractionsAreNamed() throws Exception {
    ReadReport report =
        read(
            "posts.json",
            "[{\"picture\": \"a.jpg\", \"likes\": 1.411}, {\"picture\": \"b.jpg\", \"likes\": 935}]");
    assertThat(report.warnings())
        .anyMatch(note -> note.startsWith("likes: 1.411 is a fraction, which no count is"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"b.jpg", "b", "B.JPG", "pictures\\b.jpg", "elsewhere/b.jpg", "./pictures/b.jpg"})
  void findsPicturesByPathAndByName(String written) throws Exception {
    assertThat(
            onlyPost(read("posts.csv", "file,date,likes\n" + written + ",2017-03-04,7\n"))
                .picture())
        .isEqualTo(temp.resolve("pictures/b.jpg"));
  }

  @Test
  void findsPicturesInAFolderOfTheirOwn() throws Exception {
    Path file = temp.resolve("far/posts.csv");
    PostFiles.pictures(temp, "far/posts.csv", "pictures/2017/03/c.jpg");
    Files.writeString(
        file,
        "file,date,likes\nb.jpg,2017-03-04,7\n2017/03/c.jpg,2017-03-05,7\n"
            + temp.resolve("pictures/b.jpg")
            + ",2017-03-06,7\nc,2017-03-07,7\n");
    ReadReport report =
        PostFiles.read(
            new CampaignSource(
                file, Optional.of(temp.resolve("pictures")), ColumnMapping.RECOGNISE, true));
    assertThat(report.campaign().posts())
        .extracting(post -> post.picture().getFileName().toString())
        .containsExactly("b.jpg", "c.jpg", "b.jpg", "c.jpg");
    assertThat(report.warnings())
        .element(0)
        .asString()
        .startsWith("2 of 2 creatives are posted more than once, for example ");
  }

  @Test
  void readsTheOnlyFileOfPostsInAFolder() throws Exception {
    Files.writeString(temp.resolve("posts.csv"), "file,date,likes\na.jpg,2017-03-04,7\n");
    Files.writeString(temp.resolve("quarantine.csv"), "line,reasons\n");
    assertThat(PostFiles.read(temp).campaign().posts()).hasSize(1);
  }

  @Test
  void takesTheColumnsThatItIsTold() throws Exception {
    Path file =
        Files.writeString(
            temp.resolve("posts.csv"),
            "file,bild,date,wann,likes,umsatz,country,x\nno,a.jpg,no,03/04/2017,7,12.5,DE,y\n");
    ColumnMapping mapping =
        new ColumnMapping(
            Optional.empty(),
            Optional.of("bild"),
            Optional.of("wann"),
            List.of("umsatz"),
            List.of("country"),
            Optional.of(DateOrder.MONTH_FIRST));
    Post post = onlyPost(PostFiles.read(new CampaignSource(file, Optional.empty(), mapping, true)));
    assertThat(post.time()).contains(LocalDateTime.of(2017, 3, 4, 0, 0));
    assertThat(post.metrics()).isEqualTo(Map.of("umsatz", 12.5));
    assertThat(post.metadata()).isEqualTo(Map.of("country", "DE"));
  }

  @Test
  void namesPostsByWhatTheyAreWhenTheyHaveNoId() throws Exception {
    String rows = "a.jpg,2017-03-04,7\n";
    String id = onlyPost(read("posts.csv", "file,date,likes\n" + rows)).id();
    ReadReport more = read("posts.csv", "file,date,likes\nb,2016-01-01,3\n" + rows);
    assertThat(more.campaign().posts().get(1).id()).isEqualTo(id).hasSize(16);
  }

  @Test
  void sameCreativeAndTimeOnTwoChannelsAreTwoPosts() throws Exception {
    ReadReport report =
        read(
            "posts.csv",
            "file,date,likes,channel\na.jpg,2017-03-04,7,one\na.jpg,2017-03-04,8,two\n");
    assertThat(report.campaign().posts()).hasSize(2).extracting(Post::id).doesNotHaveDuplicates();
  }

  @Test
  void writesWhatItSetAsideWithLinesAndReasons() throws Exception {
    ReadReport report =
        read(
            "posts.csv",
            "file,date,likes,caption\na.jpg,2017-03-04,7,\"x\ny\"\na.jpg,never,12q,\"say \"\"hi\"\"\"\n");
    Path file = report.writeQuarantine(temp.resolve("out")).orElseThrow();
    assertThat(Files.readString(file, StandardCharsets.UTF_8).lines())
        .containsExactly(
            "line,reasons,file,date,likes,caption",
            "4,\"date is \"\"never\"\"; expected a date such as 2017-03-04 or 2017-03-04 18:20 | likes is \"\"12q\"\"; expected a whole number, 0 or more\",a.jpg,never,12q,\"say \"\"hi\"\"\"");
    ReadReport good = read("posts.csv", "file,date,likes\na.jpg,2017-03-04,7\n");
    assertThat(good.writeQuarantine(temp.resolve("out"))).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void decidesWhatAMetricIsOnceForReadingAndFitting() throws Exception {
    String text =
        """
        file,date,sentiment,engagement,revenue
        a.jpg,2017-03-04,-0.25,4%,12.5
        pictures/b.jpg,2017-03-05,0.5,0.031,n/a
        """;
    Path file = Files.writeString(temp.resolve("posts.csv"), text);
    ReadReport report =
        PostFiles.read(
            new CampaignSource(
                file,
                Optional.empty(),
                new ColumnMapping(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of("sentiment", "engagement", "revenue"),
                    List.of(),
                    Optional.empty()),
                true));
    assertThat(report.campaign().kinds())
        .isEqualTo(
            Map.of(
                "sentiment",
                MetricKind.VALUE,
                "engagement",
                MetricKind.RATE,
                "revenue",
                MetricKind.AMOUNT));
    assertThat(report.campaign().posts().get(0).metrics())
        .isEqualTo(Map.of("sentiment", -.25, "engagement", .04, "revenue", 12.5));
  }

  private ReadReport read(String name, String text) throws Exception {
    return PostFiles.read(Files.writeString(temp.resolve(name), text));
  }

  private static Post onlyPost(ReadReport report) {
    assertThat(report.campaign().posts()).hasSize(1);
    return report.campaign().posts().get(0);
  }
}
