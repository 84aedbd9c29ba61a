/** Pictures from noise and words: schedulers, latent diffusion, ControlNet. */
package dev.anvil.diffusion;
