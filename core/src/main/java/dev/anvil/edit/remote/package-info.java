/**
 * Editors whose work another machine does: AUTOMATIC1111, ComfyUI and OpenAI-style servers
 * (docs/model-contracts.md section 8). Nothing is sent without consent, and secrets come from the
 * environment only.
 */
package dev.anvil.edit.remote;
