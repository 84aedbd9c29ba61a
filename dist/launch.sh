# Starts Anvil. Sourced by the launchers, which set
#   home     the folder of models and showroom
#   archive  a file for classes as the JVM has them in memory, so that a command answers sooner
#   program  an array: what java is to run, without Anvil's own arguments
java=java
[ -n "${JAVA_HOME:-}" ] && java="$JAVA_HOME/bin/java"
if ! command -v "$java" >/dev/null; then
  echo "anvil: no Java found; install a JDK 17 or newer, or set JAVA_HOME" >&2
  exit 1
fi

# An archive of another Java is passed over in silence; without one everything works as well.
if [ ! -f "$archive" ] && [ -w "$(dirname "$archive")" ]; then
  "$java" -XX:ArchiveClassesAtExit="$archive" -Xlog:disable -XX:+UseParallelGC \
    -Djava.awt.headless=true -Danvil.home="$home" "${program[@]}" help >/dev/null 2>&1 || true
fi
options=()
[ -f "$archive" ] && options+=(-XX:SharedArchiveFile="$archive")
# What answers at once is not worth the optimising compiler's start.
case "${1:-help}" in help | version | generate-completion | -h) options+=(-XX:TieredStopAtLevel=1) ;; esac

# Threads of XGBoost and OpenBLAS that wait must not spin: on a busy machine that makes a fit ten times slower.
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-PASSIVE}"

# Libraries unpack native code into the temporary folder; in one of its own, what a killed run leaves is deleted by the next.
scratch="${TMPDIR:-/tmp}/anvil-$(id -u)"
mkdir -p -m 700 "$scratch" 2>/dev/null || true
[ -O "$scratch" ] && [ ! -L "$scratch" ] && options+=(-Djava.io.tmpdir="$scratch")

# Java 17 takes the encoding of file names from the locale alone; in one without UTF-8 it finds no file with an umlaut.
if [ "$(locale charmap 2>/dev/null)" != UTF-8 ]; then
  export LC_ALL=C.UTF-8
fi

# A small young generation suits pictures, which are soon garbage; docs/performance.md has the measurements.
anvil=("$java" -XX:+UseParallelGC -XX:MaxNewSize=256m -Xshare:auto ${options[@]+"${options[@]}"} -Xlog:disable -Xlog:all=error:stderr
  -Dfile.encoding=UTF-8
  -Djava.awt.headless=true -Danvil.home="$home" ${ANVIL_JAVA_OPTIONS:-} "${program[@]}")

# What "help" says is kept beside the archive, and goes with it.
if [ "$*" = help ] && [ -w "$(dirname "$archive")" ]; then
  if [ ! -s "$archive.help" ] && "${anvil[@]}" help >"$archive.part"; then
    mv "$archive.part" "$archive.help"
  fi
  [ ! -s "$archive.help" ] || exec cat "$archive.help"
fi
exec "${anvil[@]}" "$@"
