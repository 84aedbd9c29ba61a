package dev.anvil;

/**
 * Told how far a long piece of work has come.
 *
 * <p>Anything that takes longer than a second takes a {@code Progress}. The command line draws bars
 * with it, the API streams it, tests pass {@link #NONE}. Implementations are safe for use from
 * several threads.
 */
public interface Progress {
  /** Ignores everything. */
  Progress NONE =
      (name, total) ->
          new Task() {
            @Override
            public void step(long count) {}

            @Override
            public void close() {}
          };

  /**
   * Begins a piece of work.
   *
   * @param name what is done, as shown to a person, for example "encode"
   * @param total number of steps, or -1 when it is not known
   */
  Task start(String name, long total);

  /** One piece of work under way. */
  interface Task extends AutoCloseable {
    /** Reports that {@code count} more steps are done. */
    void step(long count);

    @Override
    void close();
  }
}
