/** Plants effects of known size and measures how much of them comes back. */
package dev.anvil.study.plant;
