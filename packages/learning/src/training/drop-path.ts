import type { FloatTensor } from '@radiolect/onnx';
import { floatTensor } from '@radiolect/onnx';
import type { Random } from '../random.ts';

/** The rate with which block `index` of so many is skipped: rises evenly from 0 to `rate` (Huang et al. 2016, section 3). */
export const dropRateOfBlock = (index: number, blocks: number, rate: number): number =>
  blocks > 1 ? (rate * index) / (blocks - 1) : rate;

/**
 * (blocks, B): what each residual branch of each picture is multiplied by in this step: 0 where the picture skips the
 * block, else 1 ÷ (1 − its rate), so that the mean stays 1. `rate`, of the last block, is 0 to below 1.
 */
export function dropPathMask(blocks: number, pictures: number, rate: number, random: Random): FloatTensor {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`the rate of drop path is 0 to below 1, not ${rate}`);
  const mask = new Float32Array(blocks * pictures);
  for (let block = 0; block < blocks; block++) {
    const own = dropRateOfBlock(block, blocks, rate);
    for (let picture = 0; picture < pictures; picture++)
      // One number a place whatever the rate, so that two recipes that differ in it alone draw alike elsewhere.
      mask[block * pictures + picture] = random() < own ? 0 : 1 / (1 - own);
  }
  return floatTensor([blocks, pictures], mask);
}
