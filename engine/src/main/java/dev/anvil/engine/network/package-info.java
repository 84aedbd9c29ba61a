package dev.anvil.engine.network;
