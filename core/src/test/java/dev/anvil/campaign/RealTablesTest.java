package dev.anvil.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.Mend;
import dev.anvil.RunContext;
import dev.anvil.campaign.format.NumberStyle;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as spreadsheets and platforms write them, each the smallest of its kind. */
class RealTablesTest {
  @TempDir Path temp;

  @BeforeEach
  void pictures() throws Exception {
    PostFiles.pictures(
        temp, IntStream.range(0, 40).mapToObj(i -> "p%d.jpg".formatted(i)).toArray(String[]::new));
  }

  @Test
  void theDefaultMetricIsTheFirstInRankNotInTheAlphabet() throws Exception {
    ReadReport report =
        read("picture,date,comments,likes\np0.jpg,2017-03-04,3,51\np1.jpg,2017-03-05,2,30\n");
    assertThat(report.campaign().advice().metric()).contains("likes");
    assertThat(report.campaign().metricToFit(Optional.empty())).isEqualTo("likes");
    assertThat(report.campaign().metricToFit(Optional.of("comments"))).isEqualTo("comments");
  }

  @Test
  void monthsAreTimesAndThatTheyHoldNoDaysIsSaid() throws Exception {
    ReadReport report = read("picture,month,likes\np0.jpg,Jan 2017,3\np1.jpg,Feb 2017,2\n");
    assertThat(report.campaign().posts().get(1).time())
        .contains(LocalDateTime.parse("2017-02-01T00:00"));
    assertThat(report.notes().toString())
        .contains("month: holds no days; \"Jan 2017\" is read as 2017-01-01, the first day");
  }

  @Test
  void aNumberMayNameWhatItCounts() throws Exception {
    ReadReport report =
        read(
            "picture,date,likes\np0.jpg,2017-03-04,\"1,234 likes\"\np1.jpg,2017-03-05,1.2K likes\np2.jpg,2017-03-06,9 likes\n");
    assertThat(values(report, "likes")).containsExactly(1234.0, 1200.0, 9.0);
  }

  @Test
  void amountsInSeveralCurrenciesAreNamed() throws Exception {
    ReadReport report =
        read(
            "picture,date,likes,revenue\np0.jpg,2017-03-04,1,12.50 EUR\np1.jpg,2017-03-05,2,$13\np2.jpg,2017-03-06,3,US$ 4\n");
    assertThat(report.warnings())
        .contains(
            "revenue is in several currencies (\"12.50 EUR\", \"$13\"), and amounts are compared as"
                + " if they were one: convert them to one");
    assertThat(
            read("picture,date,revenue\np0.jpg,2017-03-04,USD 2\np1.jpg,2017-03-05,$13\n")
                .warnings())
        .noneMatch(note -> note.contains("currencies"));
  }

  @Test
  void datesWithDotsDoNotTellHowNumbersAreWritten() {
    assertThatThrownBy(
            () ->
                read(
                    "picture,date,revenue\np0.jpg,24.11.2017,1.234\np1.jpg,25.11.2017,2.345\np2.jpg,26.11.2017,1.543\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("revenue has numbers such as \"1.234\", which may mean two things");
  }

  @Test
  void datesOfWhichASpreadsheetRecognisedOnlyThoseWithSmallDaysAreNamed() throws Exception {
    String header = "picture,date,likes\n";
    String texts = "p2.jpg,13/03/2017,3\np3.jpg,24/03/2017,4\n";
    String exchanged = "date: a spreadsheet recognised only dates whose day is 12 or less";
    for (String[] days : new String[][] {{"2017-04-03", "2017-05-03"}, {"42828", "42858"}}) {
      assertThat(
              read(header + "p0.jpg,%s,1\np1.jpg,%s,2\n".formatted((Object[]) days) + texts)
                  .warnings())
          .anyMatch(note -> note.startsWith(exchanged));
    }
    assertThat(read(header + "p0.jpg,2017-04-03,1\np1.jpg,2017-03-21,2\n" + texts).warnings())
        .noneMatch(note -> note.startsWith(exchanged));
  }

  @Test
  void tablesInPortugueseItalianAndDutchAreRead() throws Exception {
    ReadReport portuguese =
        read(
            "Imagem;Data de publicação;Curtidas;Comentários\np0.jpg;5 de janeiro de 2017;1,2 mil;3\np1.jpg;1 de setembro de 2017;935;4\n");
    assertThat(portuguese.campaign().advice().metric()).contains("Curtidas");
    assertThat(values(portuguese, "Curtidas")).containsExactly(1200.0, 935.0);
    ReadReport italian =
        read(
            "Immagine;Data;Mi piace;Commenti\np0.jpg;3 maggio 2017;1,2 mila;3\np1.jpg;1 ott 2017;935;4\n");
    assertThat(italian.campaign().advice().metric()).contains("Mi piace");
    assertThat(values(italian, "Mi piace")).containsExactly(1200.0, 935.0);
    ReadReport dutch =
        read(
            "Afbeelding;Datum;Vind-ik-leuks;Opmerkingen\np0.jpg;9 mrt. 2017;1.200;3\np1.jpg;03-05-2017;935;4\n");
    assertThat(dutch.campaign().advice().metric()).contains("Vind-ik-leuks");
    assertThat(dutch.campaign().posts().get(1).time())
        .contains(LocalDateTime.parse("2017-05-03T00:00"));
  }

  @Test
  void postsThatNameAColumnAreNotTakenForTheHeader() throws Exception {
    ReadReport report =
        read("file,likes,format,moment,kind\np0.jpg,3,photo,day,image\np1.jpg,4,photo,day,image\n");
    assertThat(values(report, "likes")).containsExactlyInAnyOrder(3.0, 4.0);
  }

  @Test
  void aTableWithoutAHeaderIsRefusedAsOne() {
    assertThatThrownBy(() -> read("p0.jpg,2017-03-04,3\np1.jpg,2017-03-05,4\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "posts.csv line 1: holds \"2017-03-04\" where the names of the columns are expected; put"
                + " a line such as picture,date,likes above the posts");
  }

  @Test
  void aPictureOfAnotherFolderIsNotTakenForTheOneThatIsMissing() throws Exception {
    PostFiles.pictures(temp, "spring/hero.jpg", "spring/door.jpg");
    ReadReport report =
        read(
            "picture,date,likes\nspring/hero.jpg,2017-03-04,1\nsummer/hero.jpg,2017-03-05,2\nC:\\ads\\Spring\\hero.jpg,2017-03-06,3\nsummer/door.jpg,2017-03-07,4\n");
    assertThat(report.quarantined()).extracting(Quarantined::line).containsExactly(3L);
    assertThat(report.quarantined().get(0).reasons().get(0))
        .startsWith("picture is \"summer/hero.jpg\"; expected a file that is there");
    assertThat(report.warnings())
        .contains(
            "picture: 1 picture is found by its name in another folder than written, such as"
                + " \"summer/door.jpg\" as spring/door.jpg");
  }

  @Test
  void addressesThatEndInOneNameAreNamed() throws Exception {
    ReadReport report =
        read(
            "picture,date,likes\nhttps://a.b/1/p0.jpg?x=1,2017-03-04,1\nhttps://a.b/2/p0.jpg,2017-03-05,2\nhttps://a.b/1/p1.jpg?y=2,2017-03-06,2\nhttps://a.b/1/p1.jpg?y=3,2017-03-07,2\n");
    assertThat(report.campaign().posts()).hasSize(4);
    assertThat(report.warnings())
        .filteredOn(note -> note.contains("both taken for"))
        .containsExactly(
            "picture: \"https://a.b/1/p0.jpg?x=1\" and \"https://a.b/2/p0.jpg\" are both taken for"
                + " p0.jpg, the only picture of that name; if they are not the same, give their"
                + " files names of their own");
  }

  @Test
  void rowsWithoutIdsThatMayBreakPostsDownAreNamed() throws Exception {
    String days =
        IntStream.range(0, 8)
            .mapToObj(i -> "Ad %1$d,p%1$d.jpg,2017-03-0%2$d,%3$d\n".formatted(i / 4, 1 + i % 4, i))
            .collect(Collectors.joining("", "Ad name,Image,Day,Link clicks\n", ""));
    assertThat(read(days).warnings())
        .contains(
            "6 of 8 rows show the picture of another row and differ from it in Day only: each"
                + " counts as a post of its own; if posts are broken down, export them without that"
                + " breakdown");
    String ages =
        IntStream.range(0, 8)
            .mapToObj(i -> "p%d.jpg,2017-03-01,%d-,%d\n".formatted(i / 4, 20 + i % 4, i))
            .collect(Collectors.joining("", "Image,Day,Age,Link clicks\n", ""));
    assertThat(read(ages).warnings()).anyMatch(note -> note.contains("differ from it in Age only"));
    assertThat(read(days.replaceAll("2017-03-0(\\d)", "2017-0$1-15")).warnings())
        .noneMatch(note -> note.contains("broken down"));
  }

  @Test
  void resultsOfSeveralKindsAreNamed() throws Exception {
    ReadReport report =
        read(
            "Image,Results,Result indicator\np0.jpg,3,actions:link_click\np1.jpg,4,actions:like\np2.jpg,5,actions:like\n");
    assertThat(report.notes())
        .contains(
            new Note(
                "Results is in several units, as Result indicator tells (actions:like,"
                    + " actions:link_click): compare each post with others of the same, or import"
                    + " one only",
                Optional.of(new Mend("group", "Result indicator"))));
  }

  @Test
  void metricsThatNeverDifferAreNotCalledPlausible() throws Exception {
    assertThat(
            read("picture,date,likes,clicks\np0.jpg,2017-03-04,0,0\np1.jpg,2017-03-05,0,0\n")
                .warnings())
        .contains(
            "none of likes, clicks differs between posts and is known of half of them: a fit has"
                + " nothing to explain");
  }

  @Test
  void subscribersMayLeaveAndAreNotTheDefaultWhereViewsAreThere() throws Exception {
    ReadReport report =
        read(
            "Thumbnail,Date,Subscribers,Views\np0.jpg,2017-03-04,-3,40\np1.jpg,2017-03-05,2,50\np2.jpg,2017-03-06,0,70\n");
    assertThat(report.campaign().posts()).hasSize(3);
    assertThat(report.campaign().advice().metric()).contains("Views");
    assertThat(values(report, "Subscribers")).containsExactly(-3.0, 2.0, 0.0);
  }

  @Test
  void valuesThatDifferInCaseOrSpacesAreOneAndTextsStayAsTheyAre() throws Exception {
    ReadReport report =
        read(
            """
            picture,date,country,caption,likes
            p0.jpg,2017-03-04,De,Red car,1
            p1.jpg,2017-03-05,DE,red car,2
            p2.jpg,2017-03-06,DE,Blue,3
            p3.jpg,2017-03-07,fr,Green,4
            """);
    assertThat(report.campaign().posts())
        .extracting(post -> post.metadata().get("country"))
        .containsExactly("DE", "DE", "DE", "fr");
    assertThat(report.campaign().posts().get(1).metadata()).containsEntry("caption", "red car");
    assertThat(report.notes().toString())
        .contains(
            "country: \"De\", \"DE\" differ in case or spaces only, and are taken for one value, \"DE\"");
  }

  @Test
  void aColumnOfCampaignIdsNamesNoPosts() throws Exception {
    String rows =
        IntStream.range(0, 12)
            .mapToObj(i -> "%d,p%d.jpg,2017-03-%02d,%d".formatted(i % 3, i, i + 1, i))
            .collect(Collectors.joining("\n", "id,picture,date,likes\n", "\n"));
    ReadReport report = read(rows);
    assertThat(report.campaign().posts()).hasSize(12);
    assertThat(report.campaign().posts().get(4).metadata()).containsEntry("id", "1");
    assertThat(report.notes().toString())
        .contains(
            "id is no id of posts: 9 of 12 rows have the value of another row with another picture and time (such as line 5)");
  }

  @Test
  void aQuotationMarkThatIsNeverClosedSwallowsNoRows() {
    assertThatThrownBy(
            () ->
                read(
                    "picture,date,likes,text\np0.jpg,2017-03-04,3,ok\np1.jpg,2017-03-05,2,\"open\np2.jpg,2017-03-06,4,\"\"quoted\"\"\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "posts.csv line 3: has a value that begins with a quotation mark and never ends");
  }

  @Test
  void quotationMarksWithinAValueEndNothing() throws Exception {
    ReadReport report =
        read(
            "picture,date,likes,text\np0.jpg,2017-03-04,3,5\" screen\np1.jpg,2017-03-05,2,\"two \"\"quoted\"\"\r\nlines\"\np2.jpg,2017-03-06,4,\"\"\n");
    assertThat(report.campaign().posts()).hasSize(3);
  }

  @Test
  void rowsThatAreAllTooWideAreOneCause() {
    assertThatThrownBy(
            () ->
                read(
                    "picture,date,likes\np0.jpg,2017-03-04,1,250\np1.jpg,2017-03-05,2,125\np2.jpg,2017-03-06,2,100\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "posts.csv: has 4 values in every line from line 2 on; expected 3, as in the header. A"
                + " number such as 1,234 or a text with the delimiter needs quotation marks");
  }

  @Test
  void rowsWithIdsOfTheirOwnAreEachAPostAndTwinsAreNamed() throws Exception {
    ReadReport report =
        read(
            "id,picture,date,likes\n1,p0.jpg,2017-03-04,3\n2,p0.jpg,2017-03-04,9\n3,p0.jpg,2017-03-04,3\n");
    assertThat(report.campaign().posts()).hasSize(3);
    assertThat(report.notes())
        .extracting(Note::text)
        .contains(
            "line 4 equals another in all but the id: it counts as a post of its own; delete it if"
                + " it is not");
  }

  @Test
  void postsThatAreBrokenDownByDayAreRefused() {
    assertThatThrownBy(
            () ->
                read(
                    "id,picture,day,age,clicks\n1,p0.jpg,2017-03-04,a,3\n1,p0.jpg,2017-03-05,a,9\n2,p1.jpg,2017-03-04,a,3\n2,p1.jpg,2017-03-05,a,3\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "posts.csv: has 4 rows for 2 values of id, which differ in day: posts are broken down;"
                + " expected one row per post: export them without that breakdown");
  }

  @Test
  void aColumnWithoutANameAtTheEndIsNotUsed() throws Exception {
    ReadReport report = read("picture,date,likes,\np0.jpg,2017-03-04,1,x\np1.jpg,2017-03-05,2,\n");
    assertThat(report.campaign().posts()).hasSize(2);
    assertThat(report.notes())
        .extracting(Note::text)
        .contains("column 4 has no name and is not used");
  }

  @Test
  void namesOfPicturesMayBeEncodedAsInAddresses() throws Exception {
    PostFiles.pictures(temp, "my photo 1.jpg", "50%25.jpg");
    ReadReport report =
        read(
            "picture,date,likes\nmy%20photo%201.jpg,2017-03-04,1\n50%25.jpg,2017-03-05,2\nsub%2Fp1.jpg,2017-03-06,2\n%2e%2e/%2e%2e/p2.txt,2017-03-07,2\n");
    assertThat(report.campaign().posts())
        .extracting(p -> p.picture().getFileName().toString())
        .containsExactly("my photo 1.jpg", "50%25.jpg", "p1.jpg");
  }

  @Test
  void utf32IsRead() throws Exception {
    Path file = temp.resolve("posts.csv");
    Files.write(
        file,
        "\ufeffpicture,date,likes\np0.jpg,2017-03-04,3\n".getBytes(Charset.forName("UTF-32BE")));
    assertThat(
            PostFiles.read(
                    new CampaignSource(
                        file, Optional.empty(), ColumnMapping.RECOGNISE, Formats.SHOWN, false))
                .campaign()
                .posts())
        .hasSize(1);
  }

  @Test
  void equallyPlausibleMetricsAreAskedFor() throws Exception {
    ReadReport report =
        read("picture,date,hearts,likes\np0.jpg,2017-03-04,3,51\np1.jpg,2017-03-05,2,30\n");
    assertThat(report.notes())
        .contains(
            new Note(
                "hearts, likes are equally plausible metrics: a fit has to be told which",
                Optional.of(new Mend("metric", "hearts"))));
    assertThatThrownBy(() -> report.campaign().metricToFit(Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "metric: is open: hearts, likes are equally plausible; expected one to be chosen");
  }

  @Test
  void dotsGroupThousandsOfACount() throws Exception {
    ReadReport report =
        read(
            "picture,date,likes,Reichweite\np0.jpg,2023-01-01,1.000,8.245\np1.jpg,2023-01-02,935,935\np2.jpg,2023-01-03,12.000,12.000\np3.jpg,2023-01-04,2.50E+03,3\n");
    assertThat(values(report, "likes")).containsExactly(1000.0, 935.0, 12_000.0, 2500.0);
    assertThat(values(report, "Reichweite")).containsExactly(8245.0, 935.0, 12_000.0, 3.0);
    assertThat(report.notes())
        .contains(
            new Note(
                "likes: \"1.000\" is read as 1000", Optional.of(new Mend("numbers", "1,234.5"))));
  }

  @Test
  void otherColumnsTellHowNumbersAreWritten() throws Exception {
    ReadReport report =
        read(
            "picture,date,revenue,price\np0.jpg,2023-01-01,1.250,\"3,5\"\np1.jpg,2023-01-02,2.125,\"4,75\"\n");
    assertThat(values(report, "revenue")).containsExactly(1250.0, 2125.0);
  }

  @Test
  void numbersThatMayMeanTwoThingsAreRefusedWithTheOption() throws Exception {
    String text = "picture,date,revenue\np0.jpg,2023-01-01,1.250\np1.jpg,2023-01-02,2.125\n";
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.problems().get(0).mend()).contains(new Mend("numbers", "1.234,5")));
    Formats told =
        new Formats(
            Optional.of(NumberStyle.COMMA),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(values(read(text, told), "revenue")).containsExactly(1250.0, 2125.0);
  }

  @Test
  void floatsWithThreeDecimalsAreNotTakenForThousands() {
    assertThatThrownBy(
            () -> read("picture,date,likes\np0.jpg,2023-01-01,12.000\np1.jpg,2023-01-02,935.000\n"))
        .hasMessageContaining("likes has numbers such as \"12.000\", which may mean two things");
  }

  @Test
  void aSecondMetricThatIsUnclearIsLeftOut() throws Exception {
    ReadReport report =
        read("picture,date,likes,revenue\np0.jpg,2023-01-01,5,\"1,5\"\np1.jpg,2023-01-02,6,1.5\n");
    assertThat(report.columns().metrics()).containsExactly("likes");
    assertThat(report.warnings()).anyMatch(note -> note.startsWith("revenue has both \"1.5\""));
  }

  @Test
  void readsASpreadsheetResavedInGermanWithItsSepLine() throws Exception {
    byte[] text =
        "sep=;\r\nBeitrags-ID;Bild;Datum;Likes;Interaktionsrate;Ausgegebener Betrag (EUR);Text\r\n17;p0.jpg;24.11.2024 07:15;935;1,00 %;0,00;\"Grüße; aus Köln\"\r\n18;p1.jpg;03.12.2024 12:32;2.409;1,70 %;1.176,01;x\r\n"
            .getBytes(Charset.forName("windows-1252"));
    ReadReport report = late(Files.write(temp.resolve("posts.csv"), text));
    assertThat(values(report, "Likes")).containsExactly(935.0, 2409.0);
    assertThat(values(report, "Interaktionsrate")).containsExactly(.01, .017);
    assertThat(report.campaign().posts().get(1).metadata())
        .containsEntry("Ausgegebener Betrag (EUR)", "1176.01");
    assertThat(report.campaign().posts().get(0).metadata())
        .containsEntry("Text", "Grüße; aus Köln");
  }

  @Test
  void recognisesAGermanExportOfInstagram() throws Exception {
    ReadReport report =
        readLate(
            "\ufeffBeitrags-ID,Kontoname,Veröffentlichungszeitpunkt,Datum,Aufrufe,„Gefällt mir“-Angaben,Follows,Bild\n17900000001000003,Demo,24.11.2024 07:15,Gesamte Laufzeit,3680,480,0,p0.jpg\n17900000002000006,Demo,03.12.2024 12:32,Gesamte Laufzeit,4055,528,1,p1.jpg\n");
    assertThat(report.columns().time()).contains("Veröffentlichungszeitpunkt");
    assertThat(report.campaign().advice().metric()).contains("„Gefällt mir“-Angaben");
    assertThat(report.columns().id()).contains("Beitrags-ID");
    assertThat(report.campaign().posts()).hasSize(2);
  }

  @Test
  void setsAsideTheTotalOfMetaAdsAndReadsItsCtrAsPercent() throws Exception {
    ReadReport report =
        readLate(
            "Reporting starts,Ad name,Reach,Impressions,Link clicks,CTR (link click-through rate),Clicks (all),Image\n2024-09-01,,55571,83360,155,,173,\n2024-09-01,s1,15077,22616,59,0.26087726,68,p0.jpg\n2024-09-01,s2,40494,60744,96,0.15804030,105,p1.jpg\n");
    assertThat(report.campaign().posts()).hasSize(2);
    assertThat(report.quarantined()).isEmpty();
    assertThat(report.campaign().kind("CTR (link click-through rate)")).isEqualTo(MetricKind.RATE);
    assertThat(report.campaign().posts())
        .anyMatch(p -> p.metrics().get("CTR (link click-through rate)") == .0026087726);
    assertThat(report.campaign().advice().metric()).contains("Link clicks");
  }

  @Test
  void findsTheHeaderOfGoogleAdsBelowItsPreamble() throws Exception {
    ReadReport report =
        readLate(
            "Ad report\n\"September 1, 2024 - September 27, 2024\"\nAd,Image,Day,Impr.,Clicks,CTR,Conversions,Conv. value\ns1,p0.jpg,\"Sep 2, 2024\",\"6,601\",34,0.52%, --, --\ns2,p1.jpg,2024-09-03,\"24,102\",129,0.54%,4.30, --\ns3,p2.jpg,2024-09-12,\"82,192\",443,0.54%,14.77, --\nTotal: Ads, --,, \"112,895\",606,0.5%,--,--\nTotal: Account,--,,\"112,895\",606,0.5%,--,--\n");
    assertThat(report.campaign().posts()).hasSize(3);
    assertThat(report.campaign().kind("Conversions")).isEqualTo(MetricKind.AMOUNT);
    assertThat(values(report, "Impr.")).containsExactly(6601.0, 24_102.0, 82_192.0);
    assertThat(report.campaign().advice().metric()).contains("Clicks");
  }

  @Test
  void readsAYoutubeTableWithItsTotalFirstAndItsPercentagesAbove1() throws Exception {
    ReadReport report =
        readLate(
            "Content,Video title,Video publish time,Views,Likes,Impressions,Impressions click-through rate (%),Thumbnail\nTotal,,,87120,2178,,3.9,\nDbb,Neue Farbe,\"Nov 24, 2023\",10480,262,78600,2.0,p0.jpg\nD4d,Sunday,\"Dec 3, 2023\",76640,1916,574800,0.95,p1.jpg\n");
    assertThat(report.campaign().posts()).hasSize(2);
    assertThat(values(report, "Impressions click-through rate (%)")).containsExactly(.02, .0095);
  }

  @Test
  void keepsRowsWhoseIdsASpreadsheetRuined() throws Exception {
    for (String id : List.of("1.79000E+16", "17900000001000000")) {
      ReadReport report =
          read(
              "Post ID,Picture,Publish time,Likes\n%1$s,p0.jpg,1/24/2023 7:15,124\n%1$s,p1.jpg,2/3/2023 12:32,156\n%1$s,p2.jpg,3/3/2023 12:32,15\n"
                  .formatted(id));
      assertThat(report.campaign().posts()).hasSize(3);
      assertThat(report.warnings())
          .anyMatch(
              note -> note.startsWith("Post ID was damaged by a spreadsheet: 3 ids such as " + id));
    }
  }

  @Test
  void aCarouselIsOnePostWithItsFirstPicture() throws Exception {
    ReadReport cells =
        read(
            "media_id,pictures,timestamp,like_count\n1,\"p0.jpg, p1.jpg, p2.jpg\",2023-11-24T07:15:00,271\n2,p3.jpg|p4.jpg,2023-11-25T07:15:00,300\n3,\"[\"\"p5.jpg\"\",\"\"p6.jpg\"\"]\",2023-11-26T07:15:00,400\n");
    assertThat(cells.campaign().posts())
        .extracting(p -> p.picture().getFileName().toString())
        .containsExactly("p0.jpg", "p3.jpg", "p5.jpg");
    assertThat(cells.warnings())
        .contains("3 posts name several pictures: the first of each is used");
    ReadReport rows =
        read(
            "media_id,picture,timestamp,like_count,share_count\n1,p0.jpg,2023-11-24T07:15:00,271,3\n1,p1.jpg,2023-11-24T07:15:00,271,\n2,p3.jpg,2023-11-25T07:15:00,300,1\n");
    assertThat(rows.campaign().posts()).hasSize(2);
    assertThat(rows.quarantined()).isEmpty();
    assertThat(rows.warnings())
        .contains(
            "1 posts have a row for each of several pictures: they are one post each, with its first picture");
  }

  @Test
  void setsAsideTimesAtWhichNobodyPosted() throws Exception {
    String good =
        IntStream.range(4, 20)
            .mapToObj(i -> "p%d.jpg,2023-01-%02d,%d\n".formatted(i, i, i))
            .collect(Collectors.joining());
    ReadReport report =
        read(
            "picture,date,likes\np0.jpg,1970-01-01T00:00,5\np1.jpg,0001-01-01T00:00,5\np2.jpg,2099-12-31,5\np3.jpg,1900-01-00,5\np20.jpg,1980-01-01,3\n"
                + good);
    assertThat(report.campaign().posts()).hasSize(16);
    assertThat(report.quarantined()).hasSize(5);
  }

  @Test
  void postsTooYoungToHaveTheirLikesAreLeftOutOfFits() throws Exception {
    String rows =
        IntStream.range(0, 30)
            .mapToObj(i -> "p%d.jpg,2023-12-%02d,%d\n".formatted(i, i + 1, 900 + i))
            .collect(Collectors.joining());
    ReadReport report = read("picture,date,likes\n" + rows);
    assertThat(report.campaign().posts()).hasSize(30);
    assertThat(report.campaign().mature().posts()).hasSize(25);
    assertThat(report.notes())
        .anyMatch(note -> note.mend().equals(Optional.of(new Mend("min-age", "0"))));
    Formats all =
        new Formats(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(0));
    assertThat(read("picture,date,likes\n" + rows, all).campaign().mature().posts()).hasSize(30);
  }

  @Test
  void namesWhatExplainsMostOfTheMetric() throws Exception {
    String rows =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    "p%d.jpg,2023-0%d-%02d,%s,acc%d,%d,%d\n"
                        .formatted(
                            i,
                            1 + i / 20,
                            1 + i % 20,
                            i % 2 == 0 ? "yes" : "no",
                            i % 2,
                            (i % 2 == 0 ? 90_000 : 1500) + 13 * i,
                            (i % 2 == 0 ? 900 : 15) + i % 7))
            .collect(Collectors.joining());
    ReadReport report = read("picture,date,boosted,Username,impressions,clicks\n" + rows);
    assertThat(report.campaign().advice().exposure()).contains("impressions");
    assertThat(report.campaign().advice().group()).contains("Username");
    assertThat(report.notes())
        .extracting(Note::mend)
        .contains(
            Optional.of(new Mend("per", "impressions")),
            Optional.of(new Mend("group", "Username")));
  }

  @Test
  void readsShortDatesAndGroupedVotes() throws Exception {
    ReadReport report =
        read(
            "title,released,poster,votes,rating\na,1-Jan-21,p0.jpg,\"5,988\",8.9\nb,4-Feb-21,p1.jpg,\"4,384,113\",5.3\n");
    assertThat(report.campaign().posts().get(0).time())
        .contains(LocalDateTime.of(2021, 1, 1, 0, 0));
    assertThat(values(report, "votes")).containsExactly(5988.0, 4_384_113.0);
  }

  @Test
  void postsWithoutDatesOrWithOneDateHaveNoTime() throws Exception {
    ReadReport none = read("bedrooms,price,picture\n2,324220,p0.jpg\n6,184612,p1.jpg\n");
    assertThat(none.campaign().isDated()).isFalse();
    assertThat(none.notes())
        .contains(
            new Note(
                "no column holds dates: no trend, no temporal split",
                Optional.of(new Mend("time", "COLUMN"))));
    ReadReport one =
        read("date,price,picture\n2023-01-01,3,p0.jpg\n2023-01-01,4,p1.jpg\n2023-01-01,5,p2.jpg\n");
    assertThat(one.campaign().posts())
        .allMatch(p -> p.time().isEmpty() && p.metadata().get("date").equals("2023-01-01"));
  }

  @Test
  void sparseDatesAreNotUsedForATrend() throws Exception {
    String rows =
        IntStream.range(0, 25)
            .mapToObj(i -> "p%d.jpg,%d-01-01,%d\n".formatted(i, 1995 + i, i))
            .collect(Collectors.joining());
    assertThat(read("picture,date,likes\n" + rows).campaign().isDated()).isFalse();
  }

  @Test
  void picturesAreFoundInAnyUnicodeFormAndNeverOutsideTheirFolder() throws Exception {
    Path inner = Files.createDirectories(temp.resolve("inner"));
    PostFiles.pictures(inner, Normalizer.normalize("Köln.JPG", Normalizer.Form.NFD));
    Path secret = Files.writeString(temp.resolve("secret.jpg"), "secret");
    Files.createSymbolicLink(inner.resolve("link.jpg"), secret);
    Path file =
        Files.writeString(
            inner.resolve("posts.csv"),
            "picture,date,likes\nköln.jpg,2023-01-01,5\n../p1.jpg,2023-01-02,5\n/etc/passwd,2023-01-03,6\nlink.jpg,2023-01-04,6\n");
    ReadReport report = PostFiles.read(file);
    assertThat(report.campaign().posts()).hasSize(1);
    assertThat(report.causes()).hasSize(1);
    assertThat(report.causes().get(0).message())
        .startsWith("3 rows (lines 3, 4, 5): picture is")
        .contains("not one outside it")
        .doesNotContain("secret\"");
  }

  @Test
  void valuesThatNamePicturesAreTakenForThePicture() throws Exception {
    ReadReport report = read("Ad name,date,clicks\np0,2023-01-01,5\np1,2023-01-02,6\n");
    assertThat(report.columns().picture()).isEqualTo("Ad name");
  }

  @Test
  void leavesOutRemarksAndRepeatedHeaders() throws Exception {
    ReadReport report =
        read(
            "picture,date,likes\np0.jpg,2023-01-01,5\npicture,date,likes\n,,\np1.jpg,2023-01-02,6\nExported by Anna\n,,7\nGesamt,,18\n");
    assertThat(report.campaign().posts()).hasSize(2);
    assertThat(report.quarantined()).extracting(Quarantined::line).containsExactly(7L);
    assertThat(report.warnings())
        .contains(
            "the header is repeated once; these rows are no posts",
            "the row in line 6 holds a remark and is no post");
  }

  @Test
  void lessThanHalfOfTheRowsIsNotEnough() throws Exception {
    assertThat(
            read("picture,date,likes\np0.jpg,2023-01-01,5\nx.jpg,2023-01-02,5\ny.jpg,2023-01-02,5\n")
                .isMostlyUnusable())
        .isTrue();
  }

  @Test
  void oneLineACauseWithThreeExamples() throws Exception {
    ReadReport report =
        read(
            "picture,date,likes\np0.jpg,2023-01-01,5\na.jpg,2023-01-02,5\nb.jpg,2023-01-03,5\nc.jpg,2023-01-04,5\nd.jpg,2023-01-05,5\n");
    assertThat(report.causes())
        .singleElement()
        .extracting(cause -> cause.message().replace(temp.toString(), "FOLDER"))
        .isEqualTo(
            "4 rows (lines 3, 4, 5, ...): picture is \"a.jpg\", \"b.jpg\", \"c.jpg\", ...; expected a picture in FOLDER");
  }

  private ReadReport read(String text) throws Exception {
    return read(text, Formats.SHOWN);
  }

  private ReadReport read(String text, Formats formats) throws Exception {
    Path file = Files.writeString(temp.resolve("posts.csv"), text, StandardCharsets.UTF_8);
    return PostFiles.read(
        new CampaignSource(file, Optional.empty(), ColumnMapping.RECOGNISE, formats, false));
  }

  /** Reads when posts of 2024 are long past. */
  private ReadReport readLate(String text) throws Exception {
    return late(Files.writeString(temp.resolve("posts.csv"), text, StandardCharsets.UTF_8));
  }

  private static ReadReport late(Path file) {
    return new CampaignReader(PostFiles.CHECK)
        .read(
            CampaignSource.of(file),
            RunContext.NONE.withClock(
                Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC)));
  }

  private static List<Double> values(ReadReport report, String metric) {
    return report.campaign().posts().stream().map(p -> p.metrics().get(metric)).toList();
  }
}
