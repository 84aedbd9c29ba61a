#!/bin/sh
# Renders the showroom campaign from nothing. usage: make.sh [WORK]   (WORK: scratch folder, default target/showroom, which git ignores)
# Needs the Debian packages blender, sweethome3d-furniture, unzip, python3-pil and python3-numpy.
# What is rendered already is kept, so an interrupted run goes on where it was.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-$here/../../target/showroom}
python=${PYTHON:-/usr/bin/python3}
mkdir -p "$work/models" "$work/pictures" "$work/assets"

for catalogue in Scopia KatorLegaz Reallusion; do
    unzip -qnd "$work/models" "/usr/share/sweethome3d/furniture/$catalogue.sh3f" -x LICENSE.TXT '*.properties'
done
"$python" "$here/plan.py" "$work/plan.jsonl" | tee "$work/plan.txt"

render() {
    out=$1
    shift
    for attempt in 1 2 3 4 5; do    # Blender crashes now and then; a new process goes on where it was
        nice -n 19 blender -b -noaudio -P "$here/render.py" -- "$work/models" "$work/plan.jsonl" "$work/$out" "$@" && break
    done
}
render pictures > "$work/render-0.log" 2>&1 &
first=$!
{ [ -e "$work/assets/done" ] || { render assets assets && touch "$work/assets/done"; }
  render pictures; } > "$work/render-1.log" 2>&1
wait "$first"
"$python" "$here/assemble.py" "$work/plan.jsonl" "$work/pictures" "$work/assets" "$here/../../showroom"
