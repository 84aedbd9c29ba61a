/** What a prediction comes from: parts of the picture, and concepts in its embedding. */
package dev.anvil.inside;
