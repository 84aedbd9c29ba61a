#!/usr/bin/env bash
# Measures Anvil, Python's onnxruntime and PyTorch on the same networks of real size and the same pictures, in one run:
#   python export.py FOLDER [clip|sd]; compare.sh FOLDER [PYTHON]     measures those that were exported
# Nothing else should run meanwhile. One core means taskset to one core for all three.
set -euo pipefail
export PYTHONFAULTHANDLER=1     # a peer that crashes says where
here=$(cd "$(dirname "$0")" && pwd)
anvil="$here/../../anvil"
folder=$(cd "$1" && pwd)
python=${2:-python3}
pictures=("$here"/../../showroom/campaign/pictures/s0*.jpg)
pictures=("${pictures[@]:0:500}")
models="$folder/models"
for name in clip sd; do
  [ -d "$models/$name" ] || [ ! -d "$folder/$name" ] || "$anvil" models add "$folder/$name" --name "$name" --licence none --models "$models" --quiet
done

if [ -d "$folder/clip" ]; then
  echo "CLIP ViT-B/32, ${#pictures[@]} pictures of 384 x 288"
  for cores in 0 0,1; do
    threads=$(( ${#cores} / 2 + 1 ))
    for peer in pytorch onnxruntime; do
      taskset -c "$cores" "$python" "$here/peers.py" "$peer" clip "$folder/clip" "$threads" "${pictures[@]}"
    done
    echo -n "Anvil, $threads threads: "
    taskset -c "$cores" "$anvil" models check clip --models "$models" --threads "$threads" --quiet --speed "${pictures[@]}" | tail -1
  done
fi
[ -d "$folder/sd" ] || exit 0

echo "Stable Diffusion 1.5"
for peer in pytorch onnxruntime; do "$python" "$here/peers.py" "$peer" sd "$folder/sd" 2; done
square="$folder/square.png"
"$python" -c "import sys; from PIL import Image; Image.open(sys.argv[1]).convert('RGB').resize((512, 512)).save(sys.argv[2])" "${pictures[0]}" "$square"
run() {
  /usr/bin/time -f "%e %M" "$anvil" edit "$square" --element picture --prompt "a blue car" --pack sd --set steps="$1" \
    --models "$models" --quiet -o "$folder/out-$1.png" 2>&1 >/dev/null | tail -1
}
read -r short _ < <(run 2)
read -r long memory < <(run 6)
awk -v a="$short" -v b="$long" -v m="$memory" \
  'BEGIN { printf "Anvil, 2 threads: %.2f s for one step of 512 x 512 with guidance, %.1f s for the rest of one edit, peak %.1f GiB\n", (b - a) / 4, a - 3 * (b - a) / 4, m / 1048576 }'
