/** The work of each job, and how it is identified, run once, and read again. */
package dev.anvil.engine.service;
