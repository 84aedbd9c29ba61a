package dev.anvil.web.guard;

import static java.util.Objects.requireNonNull;

import dev.anvil.engine.request.AskRequest;
import dev.anvil.engine.request.EditPicturesRequest;
import dev.anvil.engine.request.ElementsRequest;
import dev.anvil.engine.request.EmbedRequest;
import dev.anvil.engine.request.ExplainRequest;
import dev.anvil.engine.request.GeneratePicturesRequest;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.request.LabelRequest;
import dev.anvil.engine.request.MonitorRequest;
import dev.anvil.engine.request.PredictRequest;
import dev.anvil.engine.request.ReportRequest;
import dev.anvil.engine.request.Request;
import dev.anvil.engine.request.StarterRequest;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.request.WhatIfRequest;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Looks through a request for paths and addresses that the studio may not touch. */
public final class RequestCheck {
  private enum Use {
    READ,
    WRITE
  }

  /** What every path of every request is for; one that is not here is refused. */
  private static final Map<String, Use> USES =
      Map.ofEntries(
          use(ImportRequest.class, "posts", Use.READ),
          use(ImportRequest.class, "pictures", Use.READ),
          use(StudyText.class, "folder", Use.READ),
          use(StarterRequest.class, "study", Use.WRITE),
          use(LabelRequest.class, "page", Use.WRITE),
          use(ReportRequest.class, "folder", Use.WRITE),
          use(MonitorRequest.class, "page", Use.WRITE),
          use(PredictRequest.class, "pictures", Use.READ),
          use(ExplainRequest.class, "folder", Use.WRITE),
          use(AskRequest.class, "sentences", Use.READ),
          use(ElementsRequest.class, "pictures", Use.READ),
          use(ElementsRequest.class, "output", Use.WRITE),
          use(EditPicturesRequest.class, "pictures", Use.READ),
          use(EditPicturesRequest.class, "folder", Use.READ),
          use(EditPicturesRequest.Output.class, "file", Use.WRITE),
          use(EditPicturesRequest.Output.class, "batch", Use.WRITE),
          use(WhatIfRequest.class, "folder", Use.READ),
          use(WhatIfRequest.class, "output", Use.WRITE),
          use(GeneratePicturesRequest.class, "folder", Use.READ),
          use(GeneratePicturesRequest.class, "output", Use.WRITE),
          use(EmbedRequest.class, "pictures", Use.READ),
          use(EmbedRequest.class, "output", Use.WRITE));

  private final AllowedFolders folders;
  private final TextCheck texts;

  public RequestCheck(AllowedFolders folders, TextCheck texts) {
    this.folders = requireNonNull(folders, "folders is null");
    this.texts = requireNonNull(texts, "texts is null");
  }

  private static Map.Entry<String, Use> use(Class<?> type, String component, Use use) {
    return Map.entry(type.getSimpleName() + "." + component, use);
  }

  /**
   * Lets a request pass.
   *
   * @throws dev.anvil.InvalidInputException when it names a path or an address that is not allowed
   */
  public <R> Request<R> check(Request<R> request) {
    look(request);
    return request;
  }

  /** Lets the text of a study pass, likewise. */
  public void check(StudyText study) {
    look(study);
  }

  private void look(Object value) {
    if (value instanceof Record) {
      if (value instanceof StudyText study) {
        texts.yaml(study.text(), study.folder(), study.name());
      } else if (value instanceof EditPicturesRequest edit) {
        texts.values(edit.parameters(), edit.folder(), "parameters");
      } else if (value instanceof GeneratePicturesRequest generate) {
        texts.values(generate.parameters(), generate.folder(), "parameters");
      } else if (value instanceof WhatIfRequest whatIf) {
        texts.values(whatIf.parameters(), whatIf.folder(), "parameters");
        texts.postOrFile("picture", whatIf.picture());
      } else if (value instanceof ExplainRequest explain) {
        explain.pictures().forEach(name -> texts.postOrFile("pictures", name));
      }
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        lookInto(
            value.getClass().getSimpleName() + "." + component.getName(), of(value, component));
      }
    }
  }

  private void lookInto(String name, Object value) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(inner -> lookInto(name, inner));
    } else if (value instanceof Path path) {
      checkPath(name, path);
    } else if (value instanceof Collection<?> all) {
      all.forEach(inner -> lookInto(name, inner));
    } else {
      look(value);
    }
  }

  private void checkPath(String name, Path path) {
    Use use = USES.get(name);
    if (use == null) {
      throw new IllegalStateException("it is not known what the path " + name + " is for");
    }
    String where = name.substring(name.indexOf('.') + 1);
    if (use == Use.READ) {
      folders.toRead(where, path);
    } else {
      folders.toWrite(where, path);
    }
  }

  private static Object of(Object value, RecordComponent component) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("records of requests are public", e);
    }
  }
}
