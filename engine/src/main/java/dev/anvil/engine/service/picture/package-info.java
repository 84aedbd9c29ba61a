/** Jobs that find elements in pictures, edit and generate pictures. */
package dev.anvil.engine.service.picture;
