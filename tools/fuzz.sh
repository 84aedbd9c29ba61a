#!/usr/bin/env bash
# Fuzzes one reader of files with Jazzer, which Maven brings: tools/fuzz.sh TARGET SECONDS FOLDER
#   TARGET   Tables, Studies, Manifests, Pictures or Networks
#   FOLDER   for the growing corpus and what crashed; kept between calls
# The first findings end it. Build Anvil first (./anvil help).
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=$1 seconds=$2 folder=$(realpath -m "$3")
version=0.24.0
jars="${MAVEN_REPOSITORY:-$HOME/.m2/repository}/com/code-intelligence"
jazzer="$jars/jazzer/$version/jazzer-$version.jar:$jars/jazzer-api/$version/jazzer-api-$version.jar"
[ -f "${jazzer%%:*}" ] || mvn -q -B dependency:get -Dartifact=com.code-intelligence:jazzer:$version
mkdir -p "$folder/$target" "$folder/found"
seeds="$home/lab/src/test/resources/dev/anvil/lab/fuzz/$target"
classes=${ANVIL_CLASSES:-$home/cli/target/anvil-cli-0.1.0-SNAPSHOT.jar}
cd "$folder"
exec java -Xmx2g -cp "$jazzer:$classes" com.code_intelligence.jazzer.Jazzer \
  --target_class="dev.anvil.lab.fuzz.Fuzz$target" \
  --instrumentation_includes='dev.anvil.**:com.fasterxml.jackson.**:org.yaml.**:de.siegmar.**:com.twelvemonkeys.**:com.sun.imageio.**:com.drew.**' \
  --reproducer_path="$folder/found" \
  -artifact_prefix="$folder/found/$target-" -timeout=120 -rss_limit_mb=4000 -max_len=20000 \
  -max_total_time="$seconds" "$folder/$target" "$seeds"
