/** Open networks and loaded models, shared while somebody uses them. */
package dev.anvil.engine.network;
