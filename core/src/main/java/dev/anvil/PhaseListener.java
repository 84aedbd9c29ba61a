package dev.anvil;

/**
 * Told of the phases of a piece of work as they start, advance and end.
 *
 * <p>Implementations are quick and safe for use from several threads. {@link Phase#path} says where
 * in the work a phase belongs.
 */
public interface PhaseListener {
  /** Ignores everything. */
  PhaseListener NONE =
      new PhaseListener() {
        @Override
        public void started(Phase phase) {}

        @Override
        public void advanced(Phase phase, long count) {}

        @Override
        public void ended(Phase phase) {}
      };

  void started(Phase phase);

  /**
   * Told of steps that were done.
   *
   * @param count steps since the last call
   */
  void advanced(Phase phase, long count);

  /** Told once per phase, also of one that failed or was cancelled. */
  void ended(Phase phase);

  /** Tells this one, then another. */
  default PhaseListener and(PhaseListener other) {
    PhaseListener first = this;
    return new PhaseListener() {
      @Override
      public void started(Phase phase) {
        first.started(phase);
        other.started(phase);
      }

      @Override
      public void advanced(Phase phase, long count) {
        first.advanced(phase, count);
        other.advanced(phase, count);
      }

      @Override
      public void ended(Phase phase) {
        first.ended(phase);
        other.ended(phase);
      }
    };
  }
}
