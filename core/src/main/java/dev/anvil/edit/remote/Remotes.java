package dev.anvil.edit.remote;

import dev.anvil.InvalidInputException;
import dev.anvil.edit.Editor;
import dev.anvil.edit.EditorKind;
import dev.anvil.edit.Editors;
import dev.anvil.edit.Parameters;
import dev.anvil.edit.remote.Generation.Control;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the editors whose work a server does. The editors of one server share their rate; secrets
 * are read from the environment and refused anywhere else.
 */
public final class Remotes {
  public static final String AUTOMATIC1111 = "automatic1111";
  public static final String COMFYUI = "comfyui";
  public static final String OPENAI = "openai";

  /** {@code name:password} of a web UI that was started with {@code --api-auth}. */
  public static final String AUTOMATIC1111_AUTH = "ANVIL_A1111_AUTH";

  /** The token that a proxy before ComfyUI asks for. */
  public static final String COMFYUI_TOKEN = "ANVIL_COMFYUI_TOKEN";

  /** OpenAI's key; goes to api.openai.com only. */
  public static final String OPENAI_KEY = "OPENAI_API_KEY";

  /** The key of any other server that speaks as OpenAI does. */
  public static final String OPENAI_STYLE_KEY = "ANVIL_OPENAI_KEY";

  /** Variables of the environment that hold secrets. */
  static final List<String> SECRETS =
      List.of(AUTOMATIC1111_AUTH, COMFYUI_TOKEN, OPENAI_KEY, OPENAI_STYLE_KEY);

  static final String PICTURE = "picture";
  static final String ELEMENT = "element";

  private static final String OPENAI_HOST = "api.openai.com";
  private static final String ANY = "(?s).*\\S.*";
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CONNECT = Duration.ofSeconds(20);

  private final Map<String, String> environment;
  private final Consent consent;
  private final Duration pause;
  private final SecretGuard guard;
  private HttpClient http;
  private final Map<String, Rate> rates = new HashMap<>();

  /**
   * A maker of remote editors.
   *
   * @param environment where secrets are, by the names of this class's constants
   * @param consent what the user lets leave this machine
   * @param pause before the first retry
   */
  public Remotes(Map<String, String> environment, Consent consent, Duration pause) {
    this.environment = Map.copyOf(environment);
    // OpenAI's own key is of use nowhere else
    this.consent = new Consent(Set.of(), Map.of(OPENAI_KEY, OPENAI_HOST)).and(consent);
    this.pause = pause;
    this.guard =
        new SecretGuard(
            SECRETS.stream().map(this.environment::get).filter(Objects::nonNull).toList());
  }

  /** Made when it is needed, which most runs of Anvil never do. */
  private synchronized HttpClient http() {
    if (http == null) {
      http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(CONNECT)
              .build();
    }
    return http;
  }

  /** With the secrets of this process's environment. */
  public static Remotes ofSystem(Consent consent) {
    return new Remotes(System.getenv(), consent, PAUSE);
  }

  /**
   * An editor.
   *
   * @param name {@link #AUTOMATIC1111}, {@link #COMFYUI} or {@link #OPENAI}
   * @param given as {@code docs/editors.md} lists them
   * @throws InvalidInputException with every unknown, missing or unfit parameter; when a secret is
   *     among them; when the user has not let pictures, or a secret that is set, go to the server
   */
  public Editor create(String name, Parameters given) {
    refuseSecrets(name, given);
    boolean openAi = name.equals(OPENAI);
    Optional<URI> url = url(name, given);
    requireConsent(name, given, url);
    Optional<Secret> secret = url.flatMap(u -> secret(name, u));
    url.filter(u -> secret.isPresent() && !isSafe(u))
        .ifPresent(
            u ->
                given.problem(
                    "url",
                    "found http to %s, which would show your key to anyone on the way; expected https"
                        .formatted(u.getAuthority())));
    if (openAi
        && url.filter(u -> Consent.server(u).equals(OPENAI_HOST)).isPresent()
        && secret.isEmpty()) {
      given.problem("url", "found no key; expected it in the environment as " + OPENAI_KEY);
    }
    Patience patience = patience(given);
    RemoteEditor.Handling handling = handling(given);
    Optional<String> nullPrompt =
        given.optionalText("null_prompt", ANY, "what the element is without the change");
    Generation generation = openAi ? plainGeneration(given) : generation(name, given);
    URI base = url.orElse(URI.create("http://localhost"));
    Client client = new Client(http(), base, secret, patience);
    Server server =
        switch (name) {
          case AUTOMATIC1111 -> new Automatic1111(client, size(given));
          case COMFYUI -> new ComfyUi(client, workflow(given, generation), size(given));
          case OPENAI ->
              new OpenAi(
                  client,
                  generation.model().orElse("gpt-image-1"),
                  given.optionalText("quality", "\\w+", "a word such as low or high"));
          default -> throw new IllegalArgumentException("no remote editor " + name);
        };
    given.check();
    return new RemoteEditor(name, client, server, rate(base), handling, generation, nullPrompt);
  }

  /** The kind of editors of one kind of server. */
  public static EditorKind kind(String name) {
    return new EditorKind() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean isRemote() {
        return true;
      }

      @Override
      public Editor create(Parameters given, Editors editors) {
        return editors.remotes().create(name, given);
      }
    };
  }

  private synchronized Rate rate(URI base) {
    return rates.computeIfAbsent(base.getAuthority(), authority -> new Rate());
  }

  private void refuseSecrets(String name, Parameters given) {
    given
        .given()
        .forEach(
            (key, value) -> {
              if (guard.finds(key, value)) {
                // alone, since other messages may quote what was found
                throw new InvalidInputException(
                    "editor %s, parameter %s".formatted(name, key),
                    "found what looks like a secret; expected secrets in the environment only (%s)"
                        .formatted(variables(name)));
              }
            });
  }

  private static String variables(String name) {
    return switch (name) {
      case AUTOMATIC1111 -> AUTOMATIC1111_AUTH;
      case COMFYUI -> COMFYUI_TOKEN;
      default -> OPENAI_KEY + " or " + OPENAI_STYLE_KEY;
    };
  }

  private static Optional<URI> url(String name, Parameters given) {
    String expected = "a server's address such as http://127.0.0.1:7860 or https://gpu.example.org";
    String text =
        name.equals(OPENAI)
            ? given.text("url", ".+", expected, "https://" + OPENAI_HOST + "/v1")
            : given.text("url", ".+", expected);
    Optional<URI> url = Hosts.parse(text);
    if (url.isEmpty() && !text.isEmpty()) {
      given.problem(
          "url", "found \"%s\"; expected %s, without user or query".formatted(text, expected));
    }
    return url;
  }

  /** The secret of a server, where it was let go there. */
  private Optional<Secret> secret(String name, URI url) {
    String variable = variable(name, url);
    if (!consent.allows(variable, url)) {
      return Optional.empty();
    }
    return name.equals(AUTOMATIC1111)
        ? Secret.basic(environment, variable)
        : Secret.bearer(environment, variable);
  }

  private static String variable(String name, URI url) {
    return switch (name) {
      case AUTOMATIC1111 -> AUTOMATIC1111_AUTH;
      case COMFYUI -> COMFYUI_TOKEN;
      default -> Consent.server(url).equals(OPENAI_HOST) ? OPENAI_KEY : OPENAI_STYLE_KEY;
    };
  }

  private static boolean isSafe(URI url) {
    return url.getScheme().equals("https") || Hosts.isLocal(url);
  }

  private void requireConsent(String name, Parameters given, Optional<URI> url) {
    given.deprecated(
        Consent.ALLOW_UPLOAD,
        "has no effect any more; whether pictures may leave is decided by --allow-upload on the"
            + " command line, or by %s".formatted(Consent.SETTINGS));
    url.ifPresent(
        server -> {
          String variable = variable(name, server);
          boolean isSet = !environment.getOrDefault(variable, "").isBlank();
          if (!consent.allowsUpload(server)) {
            given.problem(
                "url",
                "found %s, a server that you have not let your pictures go to; would send it every picture to be edited%s; expected --allow-upload %1$s on the command line, or %1$s under allow_upload in %s of the workspace or of .anvil in your home folder"
                    .formatted(
                        Consent.server(server),
                        isSet && consent.allows(variable, server)
                            ? " and the secret in " + variable
                            : "",
                        Consent.SETTINGS));
          }
          if (isSet && !consent.binds(variable)) {
            given.problem(
                "url",
                "found a secret in %s that belongs to no server; would send it to %s; expected --secret %1$s=%2$s on the command line, or %1$s: %2$s under secrets in %s, if it is that server's"
                    .formatted(variable, Consent.server(server), Consent.SETTINGS));
          }
        });
  }

  private Patience patience(Parameters given) {
    double seconds = given.number("timeout", 300, 0, 86_400);
    return new Patience(
        Duration.ofMillis(Math.max(1, Math.round(seconds * 1000))),
        given.whole("retries", 3, 0, 20),
        pause);
  }

  private static RemoteEditor.Handling handling(Parameters given) {
    return new RemoteEditor.Handling(
        given.whole("feather", 8, 0, 256),
        given.text("area", "picture|element", "picture or element", PICTURE).equals(PICTURE),
        given.number("rate", 60, 0, 6000));
  }

  private static int size(Parameters given) {
    return given.whole("size", 768, 64, 2048);
  }

  private static String prompt(Parameters given) {
    return given.text("prompt", ANY, "what the element is to become, such as \"a red chair\"");
  }

  private static Optional<String> model(Parameters given) {
    return given.optionalText("model", ".+", "the server's name of a model");
  }

  private static Generation plainGeneration(Parameters given) {
    return new Generation(
        model(given), prompt(given), "", 0, 0, 1, "", Optional.empty(), List.of());
  }

  private static Generation generation(String name, Parameters given) {
    boolean comfy = name.equals(COMFYUI);
    return new Generation(
        model(given),
        prompt(given),
        given.text("negative", "(?s).*", "a text", ""),
        given.whole("steps", 25, 1, 500),
        given.number("guidance", 7, 0, 50),
        given.number("strength", .8, 0, 1),
        given.text("sampler", ".+", "the server's name of a sampler", comfy ? "euler" : "Euler"),
        given.optionalText("scheduler", ".+", "the server's name of a schedule"),
        controls(given, comfy));
  }

  private static List<Control> controls(Parameters given, boolean comfy) {
    List<Control> controls = new ArrayList<>();
    String expected = "a ControlNet such as {model: control_v11p_sd15_seg, weight: 1}";
    for (Parameters unit : given.groups("control", expected)) {
      controls.add(
          new Control(
              unit.text(
                  "module",
                  ".+",
                  "the server's name of a preprocessor, or none",
                  comfy ? "OneFormer-ADE20K-SemSegPreprocessor" : "seg_ofade20k"),
              unit.text("model", ".+", "the server's name of a ControlNet"),
              unit.number("weight", 1, 0, 2),
              unit.share("start", 0),
              unit.share("end", 1),
              comfy ? "" : unit.text("mode", ".+", "the server's word", "Balanced")));
      unit.checkKnown();
    }
    if (comfy && controls.size() > 1) {
      given.problem(
          "control",
          "found %d; expected at most one, or a workflow of your own with more"
              .formatted(controls.size()));
    }
    return controls;
  }

  private Workflow workflow(Parameters given, Generation generation) {
    Optional<Path> file = given.file("workflow", "a workflow that ComfyUI saved in API format");
    Workflow workflow =
        file.isPresent()
            ? read(file.get())
            : shipped(generation.controls().isEmpty() ? "inpaint.json" : "inpaint-control.json");
    if (workflow.uses("model") && generation.model().isEmpty()) {
      given.problem("model", "found nothing; expected a checkpoint, which the workflow names");
    }
    if (workflow.usesControl() == generation.controls().isEmpty()) {
      given.problem(
          "control",
          generation.controls().isEmpty()
              ? "found nothing; expected a ControlNet, which the workflow names"
              : "found one; expected none, since the workflow has no place for it");
    }
    return workflow;
  }

  private Workflow read(Path file) {
    try {
      String text = Files.readString(file);
      if (guard.finds(text)) {
        throw new InvalidInputException(
            file.toString(), "found what looks like a secret; expected none in a workflow");
      }
      return new Workflow(file.getFileName().toString(), text);
    } catch (IOException e) {
      throw new InvalidInputException(
          file.toString(), "found a file that cannot be read as text; expected a workflow");
    }
  }

  private static Workflow shipped(String name) {
    try (InputStream in = Remotes.class.getResourceAsStream(name)) {
      return new Workflow(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
