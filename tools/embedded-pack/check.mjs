// Runs the source graph in TensorFlow.js (plain JavaScript backend): the reference of check.py.
// usage: node check.mjs SOURCE_DIR WORK_DIR NAME...      (cwd holds node_modules)
// Reads WORK_DIR/NAME.rgb (300x300x3 bytes) and NAME.mask (300x300 bytes, 255 = 1);
// writes NAME.ref: float32 scores, boxes, whole, element one after another.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const load = createRequire(join(process.cwd(), 'package.json'));
const tf = load('@tensorflow/tfjs');

const SIZE = 300;
const PREFIX = 'FeatureExtractor/MobilenetV2/';
const LAYERS = ['Conv', 'expanded_conv_3/expand', 'expanded_conv_6/expand', 'expanded_conv_13/expand', 'Conv_1'];
const OUTPUTS = ['Postprocessor/Slice', 'Postprocessor/ExpandDims_1', ...LAYERS.map(l => `${PREFIX}${l}/Relu6`)];

function source(folder) {
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
  const bytes = Buffer.concat(weightsManifest.flatMap(g => g.paths).map(p => readFileSync(join(folder, p))));
  const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return { modelTopology, weightSpecs: weightsManifest.flatMap(g => g.weights), weightData };
}

/** Sum of the mask over each cell of a size x size grid, pixels shared in proportion to their overlap. */
function cells(mask, size) {
  const sums = new Float64Array(size * size);
  const share = Array.from({ length: SIZE }, (_, pixel) => {
    const parts = [];
    for (let cell = 0; cell < size; cell++) {
      const overlap = Math.min((cell + 1) * SIZE / size, pixel + 1) - Math.max(cell * SIZE / size, pixel);
      if (overlap > 0) parts.push([cell, overlap]);
    }
    return parts;
  });
  for (let y = 0; y < SIZE; y++)
    for (let x = 0; x < SIZE; x++)
      for (const [row, h] of share[y])
        for (const [column, w] of share[x])
          sums[row * size + column] += h * w * mask[y * SIZE + x] / 255;
  return sums;
}

/** Averages of an NHWC layer: over everything, and weighted. */
function averages({ data, shape }, weights) {
  const [, height, width, channels] = shape;
  const whole = new Float64Array(channels), element = new Float64Array(channels);
  const total = weights.reduce((a, b) => a + b, 0) || 1;
  for (let p = 0; p < height * width; p++)
    for (let c = 0; c < channels; c++) {
      whole[c] += data[p * channels + c] / (height * width);
      element[c] += data[p * channels + c] * weights[p] / total;
    }
  return [whole, element];
}

const [folder, work, ...names] = process.argv.slice(2);
await tf.setBackend('cpu');
const model = await tf.loadGraphModel({ load: async () => source(folder) });
for (const name of names) {
  const pixels = readFileSync(join(work, name + '.rgb')), mask = readFileSync(join(work, name + '.mask'));
  const input = tf.tensor(Int32Array.from(pixels), [1, SIZE, SIZE, 3], 'int32');
  const results = await model.executeAsync({ image_tensor: input }, OUTPUTS);
  const values = await Promise.all(results.map(async t => ({ data: await t.data(), shape: t.shape })));
  const pooled = values.slice(2).map(layer => averages(layer, cells(mask, layer.shape[1])));
  const parts = [values[0].data, values[1].data, ...pooled.map(p => p[0]), ...pooled.map(p => p[1])];
  writeFileSync(join(work, name + '.ref'), Buffer.from(Float32Array.from(parts.flatMap(p => Array.from(p))).buffer));
  tf.dispose([input, ...results]);
  console.log(name, values.map(v => v.shape.join('x')).join(' '));
}
