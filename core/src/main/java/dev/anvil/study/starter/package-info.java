/** Makes a first study file from a campaign's own pictures. */
package dev.anvil.study.starter;
