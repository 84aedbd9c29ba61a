package dev.anvil.lab.attack;

import static dev.anvil.lab.attack.HostileCase.any;
import static dev.anvil.lab.attack.HostileCase.refused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tables, studies and manifests that are made to break their readers. */
final class Texts implements Attack {
  private static final String POST = "picture,date,clicks\np0.jpg,2022-01-03,10\n";
  private static final String STUDY =
      """
      anvil: study/1
      metric: clicks
      sources: {element: background, count: 4, max_coverage: 1}
      factors:
        colour: {element: background, editor: recolor, levels: {red: {colour: "#b03030"}}}
      """;

  private static final List<HostileCase> TABLES =
      List.of(
          refused("empty", ""),
          refused("only a header", "picture,date,clicks\n"),
          refused("zero bytes", new byte[1000]),
          refused("UTF-16 cut amid a character", new byte[] {(byte) 0xff, (byte) 0xfe, 'p'}),
          refused(
              "invalid UTF-8", new byte[] {'p', (byte) 0xc3, ',', (byte) 0x28, '\n', '1', '\n'}),
          refused("one quote that never ends", "picture,date,clicks\n\"" + "x".repeat(300_000)),
          any(
              "one cell of 20 MB",
              "picture,date,clicks\n" + "x".repeat(20_000_000) + ",2022-01-03,1\n"),
          refused("200,000 columns", "a,".repeat(200_000) + "b\n1\n"),
          refused(
              "the same column twice", "picture,picture,date,clicks\np0.jpg,p1.jpg,2022-01-03,3\n"),
          any("more cells than columns", "picture,date,clicks\np0.jpg,2022-01-03,10,11,12\n"),
          refused(
              "a picture above the folder",
              "picture,date,clicks\n../../../etc/passwd,2022-01-03,10\n"),
          refused("a device as a picture", "picture,date,clicks\n/dev/zero,2022-01-03,10\n"),
          refused("clicks of 1e999", "picture,date,clicks\np0.jpg,2022-01-03,1e999\n"),
          refused("clicks that are NaN", "picture,date,clicks\np0.jpg,2022-01-03,NaN\n"),
          refused("clicks below zero", "picture,date,clicks\np0.jpg,2022-01-03,-5\n"),
          refused("year 999999999", "picture,date,clicks\np0.jpg,999999999-01-01,5\n"),
          any("a million line ends", POST + "\n".repeat(1_000_000)),
          any("a formula", "picture,date,clicks,=cmd()\np0.jpg,2022-01-03,10,=1+1\n"),
          any(
              "right-to-left marks",
              "picture,date,clicks,\u202etag\np0.jpg,2022-01-03,10,\u202e\n"));

  private static final List<HostileCase> JSONS =
      List.of(
          refused("nested 100,000 deep", "[".repeat(100_000)),
          refused("not ended", "[{\"picture\": \"p0.jpg\""),
          refused(
              "the same key twice",
              "[{\"picture\": \"p0.jpg\", \"picture\": \"p1.jpg\", \"date\": \"2022-01-03\", \"clicks\": 1}]"),
          refused(
              "a number of 100,000 digits",
              "[{\"picture\": \"p0.jpg\", \"date\": \"2022-01-03\", \"clicks\": "
                  + "9".repeat(100_000)
                  + "}]"),
          refused(
              "a number with an exponent of ten digits",
              "[{\"picture\": \"p0.jpg\", \"date\": \"2022-01-03\", \"clicks\": 1e9999999999}]"),
          refused(
              "text after the end",
              "[{\"picture\": \"p0.jpg\", \"date\": \"2022-01-03\", \"clicks\": 1}] []"));

  private static final List<HostileCase> STUDIES =
      List.of(
          refused("a billion laughs", laughs()),
          refused("the same key twice", STUDY + "metric: likes\n"),
          refused("a second document", STUDY + "---\nanvil: study/1\n"),
          refused(
              "a tag of Java",
              "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]\n"),
          refused("nested 10,000 deep", "a: ".repeat(1) + "[".repeat(10_000)),
          refused("seed: 1.9", STUDY + "seed: 1.9\n"),
          refused("seed: 1e400", STUDY + "seed: 1e400\n"),
          refused("an unknown key", STUDY + "sede: 1\n"),
          refused("count: 2000000000", STUDY.replace("count: 4", "count: 2000000000")),
          refused("count: -1", STUDY.replace("count: 4", "count: -1")),
          refused(
              "no element of that name",
              STUDY.replace("element: background, count", "element: unicorn, count")),
          refused("50,000 levels", levels(50_000)),
          refused("zero bytes", new byte[500]),
          refused("5 MB of one key", "x".repeat(5_000_000) + ": 1\n"),
          refused(
              "a pipe's name as a plate",
              STUDY
                  .replace("recolor", "replace_background")
                  .replace("colour: \"#b03030\"", "plate: /dev/zero")));

  private static final List<HostileCase> PACKS =
      List.of(
          refused("nested 100,000 deep", "{\"a\":".repeat(100_000)),
          refused("an empty object", "{}"),
          refused("a list", "[1, 2]"),
          refused("not text", new byte[] {0, 1, 2, 3}),
          refused("the same key twice", "{\"anvil\": \"pack/1\", \"anvil\": \"pack/2\"}"),
          refused(
              "a file above the pack",
              "{\"anvil\": \"pack/1\", \"name\": \"x\", \"kind\": \"clip\", \"licence\": \"MIT\", \"files\": [{\"path\": \"../../x.onnx\", \"bytes\": 1, \"sha256\": \""
                  + "0".repeat(64)
                  + "\"}]}"),
          refused(
              "a file of 2^70 bytes",
              "{\"anvil\": \"pack/1\", \"name\": \"x\", \"kind\": \"clip\", \"licence\": \"MIT\", \"files\": [{\"path\": \"x.onnx\", \"bytes\": 1180591620717411303424, \"sha256\": \"00\"}]}"));

  @Override
  public String name() {
    return "hostile text";
  }

  @Override
  public String expectation() {
    return "CSV, JSON, YAML and pack.json: refused in words, or read, in time and in 1 GB";
  }

  @Override
  public void run(Bench bench, Tally tally) throws IOException, InterruptedException {
    Path folder = bench.feed().folder();
    each(
        bench,
        TABLES,
        one -> {
          Path table = Files.write(Files.createTempFile(folder, "table", ".csv"), one.content());
          check(bench, tally, "CSV, ", one, "import", table.toString());
        });
    each(
        bench,
        JSONS,
        one -> {
          Path table = Files.write(Files.createTempFile(folder, "table", ".json"), one.content());
          check(bench, tally, "JSON, ", one, "import", table.toString());
        });
    if (bench.feed().isEnoughToStudy()) {
      each(
          bench,
          STUDIES,
          one -> {
            Path study = Files.write(Files.createTempFile(folder, "study", ".yaml"), one.content());
            Path workspace = bench.fresh("studied").resolve("w");
            Disks.run("cp", "-a", bench.whole().toString(), workspace.toString());
            Answer answer =
                bench.target().run(folder, Feed.in(workspace, "study", study.toString()));
            tally.check(one.holds(answer), "YAML, " + one.name(), answer.summary());
          });
    }
    each(
        bench,
        PACKS,
        one -> {
          Path pack = Files.createDirectories(bench.fresh("packs").resolve("models/x"));
          Files.write(pack.resolve("pack.json"), one.content());
          Files.write(pack.resolve("x.onnx"), new byte[] {1});
          AttackTarget target = bench.target().with("ANVIL_MODELS", pack.getParent().toString());
          Answer answer = target.run(folder, "models", "check", "x");
          tally.check(one.holds(answer), "pack.json, " + one.name(), answer.summary());
        });
  }

  private static void each(Bench bench, List<HostileCase> all, Side.One<HostileCase> one)
      throws IOException, InterruptedException {
    Side.each(bench.settings().threads(), bench.some(all), one);
  }

  private static void check(
      Bench bench, Tally tally, String kind, HostileCase one, String... command)
      throws IOException, InterruptedException {
    Path workspace = bench.fresh("texts").resolve("w");
    Answer answer = bench.target().run(bench.feed().folder(), Feed.in(workspace, command));
    tally.check(one.holds(answer), kind + one.name(), answer.summary());
  }

  private static byte[] laughs() {
    StringBuilder out = new StringBuilder("a0: &a0 lol\n");
    for (int i = 1; i < 30; i++) {
      out.append(
          "a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1)));
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String levels(int count) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append("l%d: {colour: \"#%06x\"}, ".formatted(i, i));
    }
    return STUDY.replace("red: {colour: \"#b03030\"}", out + "red: {colour: \"#b03030\"}");
  }
}
