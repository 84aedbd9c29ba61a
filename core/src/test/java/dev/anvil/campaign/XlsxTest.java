package dev.anvil.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks, written by hand as Excel does. */
class XlsxTest {
  private static final String XML =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String REL =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";

  @TempDir Path temp;

  @Test
  void readsTheFirstSheetWithDataItsDatesAndPercentages() throws Exception {
    PostFiles.pictures(temp, "a.jpg", "b.jpg");
    Path file = workbook("posts.xlsx");
    ReadReport report = PostFiles.read(file);
    assertThat(report.campaign().posts()).hasSize(2);
    Post first = report.campaign().posts().get(0);
    assertThat(first.time()).contains(LocalDateTime.of(2017, 3, 4, 18, 0));
    assertThat(first.metrics()).containsEntry("likes", 1234.0).containsEntry("ctr", .025);
    assertThat(report.warnings())
        .contains(
            "sheet \"Data\" is read, the first with data of Cover, Data (--sheet NAME takes another)");
  }

  @Test
  void readsTheSheetThatIsAskedForOrSaysWhichThereAre() throws Exception {
    PostFiles.pictures(temp, "a.jpg", "b.jpg");
    Path file = workbook("posts.xlsx");
    Formats other =
        new Formats(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("Dta"),
            Optional.empty());
    assertThatThrownBy(
            () ->
                PostFiles.read(
                    new CampaignSource(
                        file, Optional.empty(), ColumnMapping.RECOGNISE, other, false)))
        .hasMessage("posts.xlsx: has no sheet \"Dta\"; found Cover, Data");
  }

  @Test
  void thePointOfANumberGroupsNoThousands() throws Exception {
    PostFiles.pictures(temp, "a.jpg");
    Path file =
        workbook(
            "posts.xlsx",
            "<row r=\"1\">"
                + text("A1", "picture")
                + text("B1", "conversions")
                + text("C1", "ctr")
                + "</row><row r=\"2\">"
                + text("A2", "a.jpg")
                + number("B2", 0, "1.411")
                + number("C2", 2, "0.01234")
                + "</row>");
    assertThat(PostFiles.read(file).campaign().posts().get(0).metrics())
        .isEqualTo(Map.of("conversions", 1.411, "ctr", .01234));
  }

  private Path workbook(String name) throws IOException {
    return workbook(
        name,
        "<row r=\"1\">"
            + text("A1", "picture")
            + text("B1", "date")
            + text("C1", "likes")
            + text("D1", "ctr")
            + text("E1", "text")
            + "</row>"
            + "<row r=\"2\">"
            + text("A2", "a.jpg")
            + number("B2", 1, "42798.75")
            + number("C2", 0, "1234")
            + number("D2", 2, "0.025")
            + "</row>"
            + "<row r=\"3\">"
            + text("A3", "b.jpg")
            + number("B3", 1, "42799")
            + number("C3", 0, "7")
            + number("D3", 2, "0.01")
            + text("E3", "hi")
            + "</row>");
  }

  private Path workbook(String name, String data) throws IOException {
    Path file = temp.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      put(
          zip,
          "[Content_Types].xml",
          "<Types xmlns=\""
              + PACKAGE
              + "content-types\">"
              + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
              + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
              + "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
              + "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
              + "<Override PartName=\"/xl/worksheets/sheet2.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
              + "</Types>");
      put(
          zip,
          "_rels/.rels",
          "<Relationships xmlns=\""
              + PACKAGE
              + "relationships\"><Relationship Id=\"rId1\" Type=\""
              + REL
              + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
      put(
          zip,
          "xl/workbook.xml",
          "<workbook xmlns=\""
              + MAIN
              + "\" xmlns:r=\""
              + REL
              + "\"><sheets>"
              + "<sheet name=\"Cover\" sheetId=\"1\" r:id=\"rId1\"/>"
              + "<sheet name=\"Data\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>");
      put(
          zip,
          "xl/_rels/workbook.xml.rels",
          "<Relationships xmlns=\""
              + PACKAGE
              + "relationships\">"
              + "<Relationship Id=\"rId1\" Type=\""
              + REL
              + "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
              + "<Relationship Id=\"rId2\" Type=\""
              + REL
              + "/worksheet\" Target=\"worksheets/sheet2.xml\"/>"
              + "<Relationship Id=\"rId3\" Type=\""
              + REL
              + "/styles\" Target=\"styles.xml\"/></Relationships>");
      put(
          zip,
          "xl/styles.xml",
          "<styleSheet xmlns=\""
              + MAIN
              + "\"><cellXfs count=\"3\"><xf numFmtId=\"0\"/>"
              + "<xf numFmtId=\"22\" applyNumberFormat=\"1\"/><xf numFmtId=\"10\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
      put(
          zip,
          "xl/worksheets/sheet1.xml",
          sheet("<row r=\"1\">" + text("A1", "A cover") + "</row>"));
      put(zip, "xl/worksheets/sheet2.xml", sheet(data));
    }
    return file;
  }

  private static void put(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write((XML + content).getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private static String sheet(String rows) {
    return "<worksheet xmlns=\"" + MAIN + "\"><sheetData>" + rows + "</sheetData></worksheet>";
  }

  private static String text(String at, String value) {
    return "<c r=\"%s\" t=\"inlineStr\"><is><t>%s</t></is></c>".formatted(at, value);
  }

  private static String number(String at, int style, String value) {
    return "<c r=\"%s\" s=\"%d\"><v>%s</v></c>".formatted(at, style, value);
  }
}
