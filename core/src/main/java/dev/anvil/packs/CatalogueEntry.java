package dev.anvil.packs;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A pack that can be had: where its files are, or how a person makes it.
 *
 * @param about what it is for, in one sentence
 * @param repository a name on Hugging Face, or the https address of a folder; empty when the pack
 *     can only be exported
 * @param revision branch, tag or commit of the repository
 * @param licence SPDX name, or the licence's own name
 * @param restriction why the licence has to be accepted first; empty for free ones
 * @param size of all files, in words
 * @param unverified what nobody has checked yet about this entry; empty when all was
 * @param export how to make the pack, as commands
 * @param files of the pack; empty when the repository's own list is to be used
 * @param include which files of the repository's list are taken, as globs
 */
public record CatalogueEntry(
    String name,
    PackKind kind,
    String about,
    Optional<String> repository,
    String revision,
    String licence,
    Optional<String> restriction,
    Optional<String> size,
    Optional<String> unverified,
    Optional<String> export,
    List<RemoteFile> files,
    List<String> include) {
  public CatalogueEntry {
    requireNonNull(name, "name is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(about, "about is null");
    requireNonNull(repository, "repository is null");
    requireNonNull(revision, "revision is null");
    requireNonNull(licence, "licence is null");
    files = List.copyOf(files);
    include = List.copyOf(include);
  }

  /**
   * A file to download.
   *
   * @param path in the repository
   * @param as path in the pack
   * @param repository another one than the entry's
   * @param role of a network; its inputs and outputs must show the same
   * @param optional whether the repository may lack it
   */
  public record RemoteFile(
      String path,
      String as,
      Optional<String> repository,
      Optional<String> role,
      OptionalLong bytes,
      Optional<Digest> hash,
      boolean optional) {
    public RemoteFile {
      requireNonNull(path, "path is null");
      requireNonNull(as, "as is null");
    }
  }

  /** Where the pack comes from, for people; the repository's page has its licence. */
  public Optional<URI> page() {
    return repository.map(
        r -> r.contains("://") ? URI.create(r) : PullSettings.HOST.resolve("/" + r));
  }
}
