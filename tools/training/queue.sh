#!/bin/sh
# Runs the lines of a file as commands, one after another, at the lowest priority. usage: queue.sh JOBS
# Lines may be added while it runs. A line that succeeded is written to JOBS.done and skipped next time; one that failed
# three times is left until the queue is started again. The line "stop" ends the queue.
jobs=$1
touch "$jobs.done"
: > "$jobs.failed"
while :; do
    next=$(grep -vxFf "$jobs.done" "$jobs" | grep -vxFf "$jobs.failed" | grep -v '^#' | head -n 1)
    [ -n "$next" ] || { sleep 3; continue; }
    [ "$next" = stop ] && exit
    echo "$(date +%T) start $next"
    list=failed
    for attempt in 1 2 3; do
        nice -n 19 sh -c "$next" && list=done && break
        echo "$(date +%T) attempt $attempt failed: $next"
    done
    printf '%s\n' "$next" >> "$jobs.$list"
    echo "$(date +%T) $list $next"
done
