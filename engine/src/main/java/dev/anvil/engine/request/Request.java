package dev.anvil.engine.request;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * A job to be done: readable and writable as JSON ({@link Requests}), and the same object in Java,
 * on the command line, over HTTP and in the ledger.
 *
 * <p>What a request leaves open (the campaign, the model) is filled in when it is accepted, so that
 * the ledger's row says all that was asked.
 *
 * @param <R> what comes of it
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "job")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ImportRequest.class, name = ImportRequest.JOB),
  @JsonSubTypes.Type(value = FitRequest.class, name = FitRequest.JOB),
  @JsonSubTypes.Type(value = StudyRequest.class, name = StudyRequest.JOB),
  @JsonSubTypes.Type(value = VariantsRequest.class, name = VariantsRequest.JOB),
  @JsonSubTypes.Type(value = ForecastRequest.class, name = ForecastRequest.JOB),
  @JsonSubTypes.Type(value = StarterRequest.class, name = StarterRequest.JOB),
  @JsonSubTypes.Type(value = LabelRequest.class, name = LabelRequest.JOB),
  @JsonSubTypes.Type(value = PlantRequest.class, name = PlantRequest.JOB),
  @JsonSubTypes.Type(value = CalibrateRequest.class, name = CalibrateRequest.JOB),
  @JsonSubTypes.Type(value = SensitivityRequest.class, name = SensitivityRequest.JOB),
  @JsonSubTypes.Type(value = ReportRequest.class, name = ReportRequest.JOB),
  @JsonSubTypes.Type(value = PredictRequest.class, name = PredictRequest.JOB),
  @JsonSubTypes.Type(value = ExplainRequest.class, name = ExplainRequest.JOB),
  @JsonSubTypes.Type(value = AskRequest.class, name = AskRequest.JOB),
  @JsonSubTypes.Type(value = ElementsRequest.class, name = ElementsRequest.JOB),
  @JsonSubTypes.Type(value = EditPicturesRequest.class, name = EditPicturesRequest.JOB),
  @JsonSubTypes.Type(value = WhatIfRequest.class, name = WhatIfRequest.JOB),
  @JsonSubTypes.Type(value = GeneratePicturesRequest.class, name = GeneratePicturesRequest.JOB),
  @JsonSubTypes.Type(value = EmbedRequest.class, name = EmbedRequest.JOB),
  @JsonSubTypes.Type(value = MonitorRequest.class, name = MonitorRequest.JOB),
  @JsonSubTypes.Type(value = ReproduceRequest.class, name = ReproduceRequest.JOB)
})
public sealed interface Request<R>
    permits ImportRequest,
        FitRequest,
        ForecastRequest,
        LabelRequest,
        StarterRequest,
        StudyRequest,
        VariantsRequest,
        PlantRequest,
        CalibrateRequest,
        SensitivityRequest,
        ReportRequest,
        PredictRequest,
        ExplainRequest,
        AskRequest,
        ElementsRequest,
        EditPicturesRequest,
        WhatIfRequest,
        GeneratePicturesRequest,
        EmbedRequest,
        MonitorRequest,
        ReproduceRequest {
  /** The job's name, for example {@code study}. */
  @JsonIgnore
  String job();

  /** Seed of all that is random in it. */
  @JsonIgnore
  default long randomSeed() {
    return 0;
  }
}
