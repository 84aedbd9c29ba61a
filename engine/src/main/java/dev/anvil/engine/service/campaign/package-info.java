/** Jobs that read campaigns, and what is known of their posts and pictures. */
package dev.anvil.engine.service.campaign;
