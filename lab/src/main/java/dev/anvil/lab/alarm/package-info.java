/** How often alarms are false, and how late true ones come: Anvil's and the usual rules. */
package dev.anvil.lab.alarm;
