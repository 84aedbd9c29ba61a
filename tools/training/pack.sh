#!/bin/sh
# Exports what make.sh trained, stores weights as fp16 and measures: pack.sh WORK
# The networks land in WORK/packs/NAME, ready for `./anvil models add`, the numbers in WORK/packs/NAME.txt.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$1
python=${PYTHON:-python3}
held=$work/scenes-held-out
mkdir -p "$work/full" "$work/packs"

measure() {     # NAME, then what to run
    name=$1
    shift
    "$python" "$here/half.py" "$work/full/$name" "$work/packs/$name"
    { "$python" "$here/evaluate.py" same "$work/full/$name" "$work/packs/$name"
      for prefix in h k; do [ $# -eq 0 ] || "$python" "$here/evaluate.py" "$1" "$work/packs/$name" "$held" $prefix; done
    } > "$work/packs/$name.txt"
}
if [ -e "$work/clip/model" ]; then
    "$python" "$here/../export/clip.py" "$work/clip/model" "$work/full/showroom-clip"
    cp "$work/clip/model/"*.json "$work/clip/model/merges.txt" "$work/full/showroom-clip"
    measure showroom-clip clip
fi
if [ -e "$work/oneformer/model" ]; then
    "$python" "$here/../export/segmenter.py" "$work/oneformer/model" 288 384 "$work/full/showroom-oneformer"
    measure showroom-oneformer oneformer
    "$python" "$here/resnet.py" "$work/oneformer/model" "$work/full/showroom-resnet"
    measure showroom-resnet
fi
if [ -e "$work/sd/export" ]; then
    cp -r "$work/sd/export" "$work/full/showroom-sd"
    measure showroom-sd vae
    cp -r "$work/sd/controlnet" "$work/full/showroom-controlnet-seg"
    measure showroom-controlnet-seg
fi
