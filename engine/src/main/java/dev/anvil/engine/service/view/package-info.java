/** What people look at: reports, galleries and results of runs. */
package dev.anvil.engine.service.view;
