/** Attacks on a running Anvil: kills, signals, full disks, damaged files, hostile input. */
package dev.anvil.lab.attack;
