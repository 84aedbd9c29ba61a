/** Posts and campaigns; reading and validating what people have. */
package dev.anvil.campaign;
