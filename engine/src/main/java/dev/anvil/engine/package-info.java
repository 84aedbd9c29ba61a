/**
 * The services of Anvil: what the command line, a web page and a cluster ask for, as one request
 * each. Knows neither command line nor HTTP.
 */
package dev.anvil.engine;
