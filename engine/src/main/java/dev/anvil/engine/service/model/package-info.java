/** Jobs that fit models and predict, explain and embed posts with them. */
package dev.anvil.engine.service.model;
