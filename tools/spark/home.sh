#!/usr/bin/env bash
# Makes a folder that is a Spark installation as far as bin/spark-submit and tools/spark/cluster.sh need one: links to
# Spark's jars, as Maven resolves them, and to nothing of Anvil's. Where Spark is installed, use that instead.
#   tools/spark/home.sh FOLDER
set -euo pipefail
home=$(mkdir -p "$1/jars" && cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

property() {
  sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$root/spark/pom.xml"
}

# A project of its own: in the module spark, jars that Spark and Anvil both use would be missing or be Anvil's.
cat >"$home/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>dev.anvil</groupId><artifactId>spark-home</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.spark</groupId><artifactId>spark-sql_2.13</artifactId><version>$(property spark.version)</version>
    </dependency>
  </dependencies>
</project>
POM
mvn -B -q -f "$home/pom.xml" -Dmdep.outputFile="$home/classpath" \
  org.apache.maven.plugins:maven-dependency-plugin:3.7.0:build-classpath >&2
tr ':' '\n' <"$home/classpath" | while read -r jar; do
  ln -sf "$jar" "$home/jars/"
done
mkdir -p "$home/bin"
ln -sf "$root/tools/spark/spark-submit" "$home/bin/"
touch "$home/RELEASE"
echo "$home"
