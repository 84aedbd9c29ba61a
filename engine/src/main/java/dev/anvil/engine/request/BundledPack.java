package dev.anvil.engine.request;

/** The pack that comes with Anvil. */
public final class BundledPack {
  public static final String NAME = "mobilenet-ssd";

  private BundledPack() {}
}
