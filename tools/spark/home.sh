#!/usr/bin/env bash
# Makes a folder that is a Spark installation as far as Spark's own launcher needs one: the jars that Maven
# resolves for the module spark, linked. Where Spark is installed, use that instead.
#   tools/spark/home.sh FOLDER
set -euo pipefail
home=$(mkdir -p "$1/jars" && cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Of the module's own class path without Anvil: what the cluster brings.
mvn -B -q -f "$root/pom.xml" -pl spark -am -DskipTests -Dmdep.outputFile="$home/classpath" -Dmdep.includeScope=provided \
  compile dependency:build-classpath
tr ':' '\n' <"$home/classpath" | grep '\.jar$' | while read -r jar; do
  ln -sf "$jar" "$home/jars/"
done
touch "$home/RELEASE"
echo "$home"
