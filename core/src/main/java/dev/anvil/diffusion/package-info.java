/**
 * Pictures from texts: latent diffusion (Rombach et al. 2022) with ControlNet (Zhang et al. 2023),
 * run from ONNX files.
 */
package dev.anvil.diffusion;
