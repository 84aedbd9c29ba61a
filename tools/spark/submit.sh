#!/usr/bin/env bash
# Starts anvil-spark on a cluster, as spark-submit does where Spark is installed.
#   SPARK_HOME=... tools/spark/submit.sh spark://HOST:PORT [spark-submit options] JOB.jar REQUEST.json ...
set -euo pipefail
: "${SPARK_HOME:?set SPARK_HOME, or make one with tools/spark/home.sh}"
export SPARK_HOME SPARK_SCALA_VERSION=2.13
master=$1
shift
command=()
# Spark's launcher answers with the command to run, word by word, each ended by a null byte, and an exit code.
while IFS= read -r -d '' word; do
  command+=("$word")
done < <("${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \
  org.apache.spark.deploy.SparkSubmit --master "$master" --class dev.anvil.spark.SparkMain "$@"; printf '%d\0' $?)
last=$((${#command[@]} - 1))
code=${command[last]}
if [ "$code" != 0 ]; then
  exit "$code"
fi
unset "command[$last]"
words=()
for word in "${command[@]}"; do
  word=${word#$'\n'}
  [ -n "$word" ] && words+=("$word")
done
exec "${words[@]}"
