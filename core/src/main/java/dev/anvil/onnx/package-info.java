/** Model packs and the ONNX Runtime; the only room that touches it. */
package dev.anvil.onnx;
