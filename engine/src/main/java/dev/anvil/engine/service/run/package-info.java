/** What a job is: what it depends on, what it leaves, and who does it. */
package dev.anvil.engine.service.run;
