/**
 * Watches a model over time: alarms whose false-alarm rate is stated, tests of changed pictures,
 * and the fatigue of elements (docs/monitoring.md). Statistics only: what is watched comes as
 * numbers.
 */
package dev.anvil.monitor;
