package dev.anvil.campaign;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.anvil.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people get to read when their file is wrong. */
class BadInputTest {
  private static final String HEADER = "picture,date,likes\n";
  private static final String GOOD = HEADER + "a.jpg,2017-03-04,5\n";
  private static final String WITH_ID = "id,picture,date,likes\n1,a.jpg,2017-03-04,5\n";
  private static final String WITH_CTR = "picture,date,ctr\na.jpg,2017-03-04,0.5\n";
  private static final String DATES = "; expected a date such as 2017-03-04 or 2017-03-04 18:20";

  @TempDir Path temp;

  @ParameterizedTest(name = "{1}")
  @MethodSource("badFiles")
  void saysWhatIsWrong(String text, String message) throws Exception {
    PostFiles.pictures(temp, "a.jpg", "b.jpg", "twice/c.jpg", "two/c.jpg");
    Files.writeString(temp.resolve("bad.jpg"), "broken");
    Files.writeString(temp.resolve("posts.csv"), text);
    CampaignSource strict =
        new CampaignSource(
            temp.resolve("posts.csv"), Optional.empty(), ColumnMapping.RECOGNISE, true);
    assertThatThrownBy(() -> PostFiles.read(strict))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message.replace("FOLDER", temp.toString()));
  }

  static Stream<Arguments> badFiles() {
    return Stream.of(
        // The file.
        arguments("", "posts.csv: is empty; expected a header and one line per post"),
        arguments(HEADER, "posts.csv: has a header and no posts; expected one line per post"),
        arguments(
            "PK\u0003\u0004xl",
            "posts.csv: cannot be read as XLSX (Error reading Zip content from FOLDER/posts.csv); save it again, or as CSV"),
        arguments(
            "a,".repeat(20_000) + "b\n1\n",
            "posts.csv: has a record that is too large (Record starting at line 1 has surpassed the maximum limit of 16384 fields); expected at most 16,384 columns and 16 MB: is there a quotation mark too many, or is it no table?"),
        // Its columns.
        arguments(
            "picture,date,date,likes,likes\n",
            """
            posts.csv: column "date" is there more than once; expected each name once, rename or delete one
            posts.csv: column "likes" is there more than once; expected each name once, rename or delete one"""),
        arguments(
            "x,y,z\n1,2,5\n",
            """
            posts.csv: has no picture column; found x, y, z; expected one named picture, image, file or photo, or one whose values name files in the folder of the pictures
            posts.csv: has no metric that is known by name, such as likes, clicks, impressions, ctr or views; its columns of numbers are x, y, z; expected one of them to be chosen"""),
        arguments(
            "picture,date,comments\na.jpg,2017-03-04,lovely car!\n",
            "posts.csv: has no metric that is known by name, such as likes, clicks, impressions, ctr or views; none of its columns picture, date, comments has numbers; expected one of them to be chosen"),
        arguments(
            HEADER + "a.jpg,03/04/2017,1\nb.jpg,05/06/2017,2\n",
            "posts.csv: date has only dates such as \"03/04/2017\", which may begin with the day or the month; expected dates such as 2017-03-04, or the order to be told"),
        arguments(
            HEADER + "a.jpg,13/04/2017,1\nb.jpg,04/14/2017,2\n",
            "posts.csv: date has both \"13/04/2017\" and \"04/14/2017\"; expected the day, or the month, to come first in all"),
        // Its rows.
        arguments(
            GOOD + "b.jpg,2017-03-05,12q\n",
            "posts.csv line 3: likes is \"12q\"; expected a whole number, 0 or more"),
        arguments(
            GOOD + "b.jpg,2017-03-05,-3\n",
            "posts.csv line 3: likes is \"-3\"; expected a whole number, 0 or more"),
        arguments(
            GOOD + "b.jpg,2017-03-05,Infinity\n",
            "posts.csv line 3: likes is \"Infinity\"; expected a whole number, 0 or more"),
        arguments(
            WITH_CTR + "b.jpg,2017-03-05,\"0,0,1\"\n",
            "posts.csv line 3: ctr is \"0,0,1\"; expected a share from 0 to 1 or a percentage such as 1.2%"),
        arguments(GOOD + "b.jpg,soon,5\n", "posts.csv line 3: date is \"soon\"" + DATES),
        arguments(
            GOOD + "b.jpg,2017-02-29,5\n", "posts.csv line 3: date is \"2017-02-29\"" + DATES),
        arguments(
            GOOD + "b.jpg,2017-03-05 25:00,5\n",
            "posts.csv line 3: date is \"2017-03-05 25:00\"" + DATES),
        arguments(GOOD + "b.jpg,,5\n", "posts.csv line 3: date is empty" + DATES),
        arguments(
            GOOD + "b.jpg,2024-01-02,5\n",
            "posts.csv line 3: date is \"2024-01-02\"; expected a time that is not after now, 2024-01-01T00:00"),
        arguments(
            GOOD + ",2017-03-05,5\n",
            "posts.csv line 3: picture is empty; expected the path of a picture"),
        arguments(
            GOOD + "none.jpg,2017-03-05,5\n",
            "posts.csv line 3: picture is \"none.jpg\"; expected a picture in FOLDER"),
        arguments(
            GOOD + "/,2017-03-05,5\n",
            "posts.csv line 3: picture is \"/\"; expected a picture in FOLDER"),
        arguments(
            GOOD + "c.jpg,2017-03-05,5\n",
            "posts.csv line 3: picture is \"c.jpg\", which may be twice/c.jpg or two/c.jpg; expected a path that tells them apart"),
        arguments(
            GOOD + "https://x.org/none.jpg,2017-03-05,5\n",
            "posts.csv line 3: picture is \"https://x.org/none.jpg\"; expected a file: download the pictures first"),
        arguments(
            GOOD + "bad.jpg,2017-03-05,5\n",
            "posts.csv line 3: picture bad.jpg: found no picture; expected JPEG"),
        arguments(
            WITH_ID + "1,b.jpg,2017-03-05,5\n",
            "posts.csv line 3: id is \"1\", as in line 2; expected one row per post"),
        arguments(
            GOOD + "a.jpg,2017-03-04 00:00,6\n",
            "posts.csv line 3: has the picture, time and metadata of line 2; expected one row per post, or a column of ids that tells posts apart"),
        arguments(
            GOOD + "b.jpg,2017-03-05\n",
            "posts.csv line 3: has 2 values; expected 3, as in the header"),
        arguments(
            GOOD + "\"b.jpg,2017-03-05,5\na.jpg,2017-03-06,5\n",
            "posts.csv line 3: has a value that begins with a quotation mark and never ends, so that all later lines would belong to it; expected a second one: delete it, or put one at the end of the value"),
        // All at once, at the right lines in spite of a quoted line break.
        arguments(
            "picture,date,likes,caption\na.jpg,2017-03-04,5,\"two\nlines\"\n\nx.jpg,never,12q,hm\nb.jpg,2017-03-05,many,hm\na.jpg,2017-03-07,6,hm\n",
            """
            posts.csv: 2 rows (lines 5, 6): likes is "12q", "many"; expected a whole number, 0 or more
            posts.csv line 5: date is "never"; expected a date such as 2017-03-04 or 2017-03-04 18:20
            posts.csv line 5: picture is "x.jpg"; expected a picture in FOLDER"""));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("badPlaces")
  void saysWhatIsNeeded(List<String> files, String message) throws Exception {
    Path folder = Files.createDirectories(temp.resolve("feed"));
    PostFiles.pictures(folder, files.toArray(String[]::new));
    assertThatThrownBy(() -> PostFiles.read(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(folder + ": " + message);
  }

  static Stream<Arguments> badPlaces() {
    return Stream.of(
        arguments(
            List.of("a.jpg", "b.png"),
            "is a folder with 2 pictures and no file of posts; expected a CSV, XLSX, JSON Lines or Parquet file with the columns picture, date and a metric such as likes"),
        arguments(
            List.of("a.csv", "b.jsonl"),
            "is a folder with several files that may hold the posts: a.csv, b.jsonl; expected the path of one of them"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("badMappings")
  void saysWhichChosenColumnsDoNotExist(ColumnMapping mapping, String message) throws Exception {
    Path file = Files.writeString(temp.resolve("posts.csv"), GOOD);
    assertThatThrownBy(
            () -> PostFiles.read(new CampaignSource(file, Optional.empty(), mapping, false)))
        .hasMessage(message);
  }

  static Stream<Arguments> badMappings() {
    Optional<String> none = Optional.empty();
    return Stream.of(
        arguments(
            new ColumnMapping(
                none, Optional.of("Pictur"), none, List.of("hearts"), List.of(), Optional.empty()),
            """
            posts.csv: column "Pictur" does not exist; found picture, date, likes; did you mean "picture"?
            posts.csv: column "hearts" does not exist; found picture, date, likes"""));
  }
}
