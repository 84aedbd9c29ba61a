package dev.anvil.lab.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.RunContext;
import dev.anvil.lab.acceptance.Acceptance.Outcome;
import dev.anvil.lab.acceptance.AcceptanceTest.Expected;
import dev.anvil.lab.acceptance.AcceptanceTest.Sample;
