/** Editors that change one element of a picture, and the checks of their work. */
package dev.anvil.edit;
