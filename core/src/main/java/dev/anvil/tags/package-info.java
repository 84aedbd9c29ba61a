/** Effects of tags on a metric as regressions on the posts themselves see them, without edits. */
package dev.anvil.tags;
