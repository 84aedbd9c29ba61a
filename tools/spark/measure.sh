#!/usr/bin/env bash
# Measures what docs/scale.md says of time and memory, on a cluster of two executors of one core on loopback.
#   tools/spark/measure.sh FOLDER [ROWS [PICTURES [ENCODERS]]]
# FOLDER takes workspaces, tables and logs. 1,000,000 posts in the table, 512 pictures and three encoders, separated by
# commas, unless said otherwise.
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
if [ -n "$(ls -A "$folder")" ]; then
  echo "measure.sh: $folder is not empty; expected an empty folder, since what is kept is not done again" >&2
  exit 1
fi
classpath=$(mktemp)
trap 'rm "$classpath"' EXIT
mvn -B -q -f "$root/pom.xml" -pl spark -am -DskipTests -Dmdep.outputFile="$classpath" \
  test-compile dependency:build-classpath >&2
"${JAVA_HOME:+$JAVA_HOME/bin/}java" @"$root/tools/spark/java.options" -Xmx2g -Djava.awt.headless=true \
  -Danvil.home="$root" -Danvil.measure.rows="${2:-1000000}" -Danvil.measure.pictures="${3:-512}" \
  -Danvil.measure.encoders="${4:-mobilenet-ssd,showroom-clip,showroom-resnet}" \
  -cp "$root/spark/target/test-classes:$root/spark/target/classes:$(cat "$classpath")" \
  dev.anvil.spark.ClusterMeasurements "$folder"
