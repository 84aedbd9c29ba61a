#!/usr/bin/env bash
# A standalone Spark cluster on loopback: a master and workers, each a process of its own.
#   SPARK_HOME=... tools/spark/cluster.sh start FOLDER [WORKERS [CORES [MEMORY]]]   prints the master's URL
#   tools/spark/cluster.sh stop FOLDER
# FOLDER keeps logs, work and process ids. One core and 1g of memory per worker unless said otherwise.
set -euo pipefail

start() {
  local folder=$1 workers=${2:-2} cores=${3:-1} memory=${4:-1g}
  : "${SPARK_HOME:?set SPARK_HOME, or make one with tools/spark/home.sh}"
  mkdir -p "$folder"
  folder=$(cd "$folder" && pwd)
  if [ -e "$folder/pids" ]; then
    echo "cluster.sh: $folder/pids exists; stop that cluster first" >&2
    exit 1
  fi
  local java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  local options=(@"$(dirname "${BASH_SOURCE[0]}")/java.options")
  options+=(-Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$SPARK_HOME/jars/*")
  # the version is what spark-env finds out where Spark is installed
  export SPARK_HOME SPARK_LOCAL_IP=127.0.0.1 SPARK_SCALA_VERSION=2.13

  "$java" "${options[@]}" org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 0 --webui-port 0 \
    >"$folder/master.log" 2>&1 &
  echo "master $!" >>"$folder/pids"
  local url=""
  for _ in $(seq 300); do
    url=$(grep -o 'spark://127.0.0.1:[0-9]*' "$folder/master.log" | head -n 1 || true)
    [ -n "$url" ] && grep -q 'New state: ALIVE' "$folder/master.log" && break
    sleep .2
  done
  if [ -z "$url" ]; then
    echo "cluster.sh: the master did not start; its log is $folder/master.log" >&2
    exit 1
  fi
  local n
  for n in $(seq "$workers"); do
    "$java" "${options[@]}" org.apache.spark.deploy.worker.Worker "$url" --host 127.0.0.1 --port 0 --webui-port 0 \
      --cores "$cores" --memory "$memory" --work-dir "$folder/work-$n" >"$folder/worker-$n.log" 2>&1 &
    echo "worker-$n $!" >>"$folder/pids"
  done
  for n in $(seq "$workers"); do
    for _ in $(seq 300); do
      grep -qs "Successfully registered" "$folder/worker-$n.log" && break
      sleep .2
    done
    if ! grep -q 'Successfully registered' "$folder/worker-$n.log"; then
      echo "cluster.sh: worker $n did not start; its log is $folder/worker-$n.log" >&2
      exit 1
    fi
  done
  echo "$url"
}

stop() {
  local folder=$1 name pid
  [ -e "$folder/pids" ] || return 0
  while read -r name pid; do
    kill "$pid" 2>/dev/null || echo "cluster.sh: $name ($pid) was gone already" >&2
  done < <(tac "$folder/pids")
  rm "$folder/pids"
}

case "${1:-}" in
  start) start "${@:2}" ;;
  stop) stop "${@:2}" ;;
  *)
    sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
    exit 2
    ;;
esac
