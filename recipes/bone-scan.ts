import type { SiteReaderRecipe } from '@radiolect/learning';

/**
 * The shipped model: whole-body bone scans in one or two views, 91 sites, labels read from reports.
 *
 *   for part in "2003 0 890" "2003 1500 2433" "2004 0 657" "2004 1000 1680" "4101 0 2000"; do set -- $part
 *     node --import tsx scripts/make-training-phantoms.ts --seed $1 --from $2 --to $3 --out runs/bone-scan/dataset; done
 *   node --import tsx scripts/label-training-phantoms.ts --dataset runs/bone-scan/dataset
 *   npx radiolect train bone-scan --dataset runs/bone-scan/dataset --out runs/bone-scan/run --threads 1
 *
 * Data       5,160 phantoms of seeds 2003, 2004 and 4101, 4,537 of them for training; silence is masked, doubt too.
 * Time       an hour to draw the phantoms on one core, half an hour to train on one that does other work as well.
 * Expect     a validation AUROC of 0.982 against the labels of the reports. Against the truth: models/bone-scan.
 *
 * On an archive: `radiolect dataset --out DIR`, then `radiolect train bone-scan --dataset DIR --out RUN`.
 */
export const recipe: SiteReaderRecipe = {
  kind: 'site-reader',
  name: 'bone-scan',
  seed: 1,
  pack: 'bone-scan',
  labels: { unmentioned: 'masked', uncertain: 'masked' },
  windows: { rows: 512, columns: 128, side: 16, reach: 8 },
  model: { width: 128, windowBlocks: 2, siteBlocks: 3, heads: 4, readingHeads: 2 },
  augmentation: { mirror: 0.5, shift: 2, gain: 0.1, thinning: 0.5, viewDropout: 0.1 },
  optimizer: {
    beta1: 0.9,
    beta2: 0.98,
    epsilon: 1e-8,
    weightDecay: 0.05,
    clipNorm: 1,
    learningRate: 1e-3,
    warmupSteps: 60,
    averaging: 0.99,
  },
  loss: { positivePower: 0.5, largestPositiveWeight: 6, nature: 0.3, naturePower: 0.5, metastasis: 0.2 },
  // A finding that is not there costs more trust than one that is only called uncertain.
  operatingPoints: { calibration: 'platt', threshold: { kind: 'false-positives-per-scan', at: 0.5 } },
  batchSize: 16,
  epochs: 10,
  patience: 4,
  checkpointEverySteps: 50,
  normalisationStudies: 400,
};
