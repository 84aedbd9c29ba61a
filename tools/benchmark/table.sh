#!/usr/bin/env bash
# Measures Anvil on this machine and prints one Markdown table. Nothing else should run meanwhile.
# usage: table.sh WORK [LARGEST]     LARGEST: posts of the largest campaign (1000000)
#   PEERS, PYTHON: the folder that export.py wrote, and an interpreter with torch, onnxruntime and pillow; adds what compare.sh measures
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(cd "$here/../.." && pwd)
mkdir -p "$1"
work=$(cd "$1" && pwd)
largest=${2:-1000000}
cd "$work"

row() { printf '| %s | %s |\n' "$1" "$2"; }
seconds() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b - a }'; }
now() { date +%s.%N; }

# Runs a command; sets took (seconds), processor (seconds of user and system) and peak (MiB).
measure() {
  local begin child cpu
  begin=$(now)
  "$@" >"$work/out" 2>"$work/err" &
  child=$!
  peak=0
  cpu=0
  while [ -r "/proc/$child/status" ]; do
    local high ticks
    high=$(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$child/status" 2>/dev/null || true)
    ticks=$(awk '{ print $14 + $15 }' "/proc/$child/stat" 2>/dev/null || true)
    peak=$((${high:-0} > peak ? high : peak))
    cpu=$((${ticks:-0} > cpu ? ticks : cpu))
    sleep .02
  done
  wait "$child" || { tail -n 5 "$work/err" >&2; exit 1; }
  took=$(seconds "$begin" "$(now)")
  processor=$(awk -v t="$cpu" -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%.1f", t / hz }')
}

"$home/anvil" version >/dev/null 2>&1     # builds it, and makes the archive of classes

echo "Measured $(date +%F) at commit $(git -C "$home" rev-parse --short HEAD) on $(nproc) CPUs ($(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)," \
  "$(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GiB), by \`tools/benchmark/table.sh\`:"
echo
row what measured
row --- ---

times=$(for k in 1 2 3 4 5 6 7; do begin=$(now); "$home/anvil" help >/dev/null; seconds "$begin" "$(now)"; echo; done | sort -n)
row "\`anvil help\`" "median $(sed -n 4p <<<"$times") s of seven"

"$home/anvil" models check --json --speed "$home"/showroom/campaign/pictures/s00*.jpg >"$work/speed.json"
value() { tr -d '\n' <"$work/speed.json" | grep -o '"speed".*' | grep -o "\"$1\" *: *[0-9.]*" | head -n 1 | grep -o '[0-9.]*$'; }
row "files to embeddings, 384 x 288, two threads" "$(value whole | cut -c1-5) pictures a second; $(value inference | cut -c1-5) by inference alone; ratio $(value ratio | cut -c1-4)"

# Campaigns of ever more posts of the same pictures, each with an id and a minute of its own.
mkdir -p "$work/pictures"
cp -n "$home"/showroom/campaign/pictures/s0[0-1]*.jpg "$work/pictures/"
previous=""
for posts in 1000 10000 100000 1000000; do
  [ "$posts" -le "$largest" ] || continue
  (cd pictures && ls) | awk -v n="$posts" '{ names[NR] = $0 } END {
    print "id,picture,published,likes"
    for (i = 0; i < n; i++) {
      minute = int(i * 4000000 / n)
      day = int(minute / 1440)
      printf "q%d,pictures/%s,%04d-%02d-%02d %02d:%02d,%d\n", i, names[i * 7919 % NR + 1], 2012 + int(day / 336), 1 + int(day / 28) % 12,
        1 + day % 28, int(minute / 60) % 24, minute % 60, 50 + i * 7919 % 5000
    }
  }' >posts.csv
  rm -rf workspace
  ANVIL_JAVA_OPTIONS=-Xmx2g measure "$home/anvil" import posts.csv -w workspace --quiet
  each=$(awk -v t="$took" -v n="$posts" 'BEGIN { printf "%.3f", 1000 * t / n }')
  further=""
  [ -z "$previous" ] || further=$(awk -v a="$previous" -v b="$took" -v n="$posts" 'BEGIN { printf ", %.3f ms each post beyond %d", 1000 * (b - a) / (.9 * n), n / 10 }')
  row "import of $posts posts, at most 2 GiB of heap" "$took s, $each ms a post$further; processor $processor s; peak $peak MiB"
  previous=$took
done

rm -rf demo
measure "$home/anvil" demo -w demo --quiet
row "\`anvil demo\`, cold" "$took s; processor $processor s; peak $peak MiB"
measure "$home/anvil" demo -w demo --quiet
row "\`anvil demo\`, repeated" "$took s; peak $peak MiB"

if [ -n "${PEERS:-}" ]; then
  echo
  "$here/compare.sh" "$PEERS" "${PYTHON:-python3}"
fi
