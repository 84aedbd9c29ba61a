/** Jobs that measure effects: studies, and what is asked of their results. */
package dev.anvil.engine.service.study;
