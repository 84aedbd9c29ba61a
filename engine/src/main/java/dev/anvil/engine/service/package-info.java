package dev.anvil.engine.service;
