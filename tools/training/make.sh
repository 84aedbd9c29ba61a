#!/bin/sh
# Renders what is missing and trains everything, one job after another; goes on where it was stopped.
# usage: make.sh WORK [cpu|cuda]     PYTHON: an interpreter with torch, transformers, diffusers, onnx and onnxruntime
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$1
device=${2:-cpu}
python=${PYTHON:-python3}
factor=1
[ "$device" = cpu ] || factor=.05      # of the minutes below: what a GPU needs in place of one core
mkdir -p "$work/models" "$work/plates" "$work/held-out" "$work/more" "$work/logs"
work=$(cd "$work" && pwd)

"$root/tools/showroom/unpack.sh" "$work"
for plan in campaign held-out more; do
    "$python" "$root/tools/showroom/plan.py" "$work/$plan.jsonl" $plan > /dev/null
done
[ -e "$work/tokenizer/merges.txt" ] || "$python" "$here/bpe.py" "$work/tokenizer"

render() {      # PLAN OUT OPTION
    echo "blender -b -noaudio -t 1 -P $root/tools/showroom/render.py -- $work/models $work/$1.jsonl $work/$2 $3 >> $work/logs/$2.log 2>&1"
}
train() {       # NAME MINUTES OPTIONS
    name=$1
    minutes=$(echo "$2 * $factor" | bc)
    shift 2
    echo "$python $here/$name.py --out $work/$name --device $device --minutes $minutes $* >> $work/logs/$name.log 2>&1"
}
prepare() {
    echo "$python $here/prepare.py $* >> $work/logs/prepare.log 2>&1"
}
{
    render held-out held-out --classes
    prepare scenes "$work/held-out.jsonl" "$work/held-out" "$work/scenes-held-out"
    render campaign plates --plates
    prepare classes "$work/campaign.jsonl" "$work/plates" "$root/showroom/campaign" "$work/scenes-classes"
    render more more --classes
    prepare scenes "$work/more.jsonl" "$work/more" "$work/scenes-more"
    train oneformer 60 --scenes "$work/scenes-classes" "$work/scenes-more" --start "$here/checkpoints/oneformer.pt"
    train clip 60 --scenes "$root/showroom/campaign" "$work/scenes-more" --tokenizer "$work/tokenizer" \
        --start "$here/checkpoints/clip.pt"
    # the autoencoder stays as it is: what the UNet learned holds for its latents only
    train vae 0 --scenes "$root/showroom/campaign" --start "$here/checkpoints/vae.pt"
    sd=$here/checkpoints/sd.pt
    train sd 240 --scenes "$work/scenes-classes" "$work/scenes-more" --vae "$work/vae" --tokenizer "$work/tokenizer" \
        --text "$here/checkpoints/clip.pt" $([ ! -e "$sd" ] || echo --start "$sd")
    echo "PYTHON=$python $here/pack.sh $work >> $work/logs/pack.log 2>&1"
    echo stop
} > "$work/jobs"
exec "$here/queue.sh" "$work/jobs"
