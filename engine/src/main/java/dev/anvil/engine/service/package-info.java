/**
 * The services of an engine, one per job; packages inside use those before them: run, campaign,
 * model, picture, study, monitor, view.
 */
package dev.anvil.engine.service;
