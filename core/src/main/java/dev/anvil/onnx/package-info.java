/** ONNX Runtime and the tensors that go through it. */
package dev.anvil.onnx;
