#!/bin/sh
# Renders a campaign of cars, figures and places that the showroom's campaign lacks: 1,310 posts and 680 exact counterfactuals,
# to judge on it what was made on the showroom. usage: other.sh [WORK]   (default target/other, which git ignores)
# WORK/showroom is then laid out like showroom/: anvil scorecard --showroom WORK/showroom
# Needs the Debian packages blender, sweethome3d-furniture, unzip, python3-pil, python3-numpy and npm. What exists is kept.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-$here/../../target/other}
python=${PYTHON:-/usr/bin/python3}
mkdir -p "$work/pictures" "$work/assets" "$work/showroom"
work=$(cd "$work" && pwd)

"$here/unpack.sh" "$work"
"$python" "$here/plan.py" "$work/plan.jsonl" other

render() {
    out=$1
    shift
    for attempt in 1 2 3 4 5; do    # Blender crashes now and then; a new process goes on where it was
        nice -n 19 blender -b -noaudio -t 1 -P "$here/render.py" -- "$work/models" "$work/plan.jsonl" "$work/$out" "$@" && break
    done
}
render pictures > "$work/render-0.log" 2>&1 &
first=$!
{ [ -e "$work/assets/done" ] || { render assets other-assets && touch "$work/assets/done"; }
  render pictures; } > "$work/render-1.log" 2>&1
wait "$first"
"$python" "$here/assemble.py" "$work/plan.jsonl" "$work/pictures" "$work/assets" "$work/showroom"
cp -r "$here/other/." "$work/showroom"
