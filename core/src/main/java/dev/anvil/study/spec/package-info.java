/** What a study file declares. */
package dev.anvil.study.spec;
