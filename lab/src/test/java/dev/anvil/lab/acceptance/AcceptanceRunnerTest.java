package dev.anvil.lab.acceptance;
