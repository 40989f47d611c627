import type { View } from '@radiolect/findings';

/** 10th, 50th and 90th percentile over scans. */
export type Spread = readonly [p10: number, p50: number, p90: number];

/**
 * What 111 real whole-body bone scans measure (52 anterior, 59 posterior; 61 of them with 736 outlined lesions), seen
 * as 8-bit thumbnails of 97 × 385. Lengths are shares of the image; areas are in pixels of 256 × 1024.
 */
export const pictureFigures: Readonly<Record<string, Readonly<Record<View, Spread>>>> = {
  'body height, share of rows': { anterior: [0.65, 0.72, 0.79], posterior: [0.65, 0.7, 0.78] },
  'body width with arms, share of columns': { anterior: [0.75, 0.82, 0.93], posterior: [0.75, 0.8, 0.9] },
  'empty margin above the head': { anterior: [0.01, 0.02, 0.05], posterior: [0.01, 0.02, 0.05] },
  'brightest value of 255': { anterior: [63, 98, 218], posterior: [52, 96, 226] },
  'median inside the body': { anterior: [8, 9, 10], posterior: [8, 8, 10] },
  '99th percentile inside the body': { anterior: [36, 47, 69], posterior: [33, 51, 87] },
};

/** Share of all counts by twentieths of body height, head to feet. */
export const countProfile: Readonly<Record<View, readonly number[]>> = {
  anterior: [
    0.031, 0.051, 0.04, 0.11, 0.088, 0.071, 0.064, 0.055, 0.082, 0.112, 0.074, 0.025, 0.017, 0.022, 0.049, 0.027, 0.018,
    0.014, 0.025, 0.023,
  ],
  posterior: [
    0.03, 0.044, 0.035, 0.097, 0.096, 0.083, 0.082, 0.069, 0.101, 0.108, 0.065, 0.024, 0.016, 0.019, 0.04, 0.021, 0.015,
    0.013, 0.023, 0.02,
  ],
};

/** Of lesions, in scans that have any. */
export const lesionFigures: Readonly<Record<string, Spread>> = {
  'lesions a view': [1, 4.5, 33],
  'lesion area, pixels': [14, 63, 195],
  'lesion mean over surroundings': [1.8, 2.8, 5.5],
  'lesion peak over surroundings': [2.2, 3.5, 8.3],
  'lesion height in the body': [0.17, 0.3, 0.51],
};
