package dev.anvil.engine.request;
