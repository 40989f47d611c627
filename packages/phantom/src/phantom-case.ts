import type { Intensity, Nature, Uptake } from '@radiolect/findings';

/**
 * Everything that decides a synthetic picture except its noise. What is optional is drawn by the renderer from a random
 * stream of its own (per lesion, per organ), so that taking one lesion away changes nothing else.
 */
export interface PhantomCase {
  readonly body: PhantomBody;
  readonly scanner: PhantomScanner;
  readonly physiology: PhantomPhysiology;
  readonly lesions: readonly PhantomLesion[];
  readonly distractors: readonly PhantomDistractor[];
  /** Diffuse marrow disease: the axial skeleton takes most of the tracer, kidneys and soft tissue fade. */
  readonly superscan: boolean;
}

/** The patient on the table. Angles in degrees, positive towards the patient's left; lengths in millimetres. */
export interface PhantomBody {
  readonly sex: 'female' | 'male';
  /** Years, 18 to 95. */
  readonly age: number;
  /** 140 to 195; typical 166. */
  readonly heightCm: number;
  /** Width relative to what is typical for the height, 0.85 to 1.25. */
  readonly build: number;
  /** Thickness of soft tissue relative to typical, 0.6 to 1.8: blurs and dims what lies deep. */
  readonly stoutness: number;
  /** Of the whole body on the table. */
  readonly lean: number;
  readonly headTilt: number;
  /** Turn of the head to a side; shifts the face, not the vault. */
  readonly headTurn: number;
  /** Sideways bow of the spine at its apex, millimetres. */
  readonly scoliosis: number;
  /** How far each hand lies from the thigh beyond typical, millimetres, −15 to 60. */
  readonly armSpread: Readonly<Record<Side, number>>;
  readonly shoulderRaise: Readonly<Record<Side, number>>;
  /** Distance between the feet beyond typical, millimetres. */
  readonly legSpread: number;
  /** Outward turn of each foot, −10 to 60. */
  readonly footTurn: Readonly<Record<Side, number>>;
  /** Where the body lies on the plane, relative to centred with the head at the upper edge. */
  readonly shift: { readonly x: number; readonly y: number };
}

export type Side = 'right' | 'left';

export interface PhantomScanner {
  /** Expected counts of both views together without lesions, urine and leakage, 0.7 to 4 million. */
  readonly counts: number;
  /** Share of those counts in the anterior view, 0.45 to 0.55. */
  readonly anteriorShare: number;
  /** Full width at half maximum at the collimator's face plus 5 cm, 6 to 10 mm. */
  readonly resolutionMm: number;
  /** Distance of each camera from the skin beyond the closest, 0 to 60 mm. */
  readonly gapMm: { readonly anterior: number; readonly posterior: number };
  /** Sensitivity change from the upper to the lower edge, −0.08 to 0.08, in both views alike. */
  readonly tilt: number;
}

/** Where normal tracer is. Each number multiplies what is typical. */
export interface PhantomPhysiology {
  readonly softTissue: number;
  readonly kidneys: Readonly<Record<Side, number>>;
  readonly bladder: number;
  /** Bladder size relative to typical, 0.4 to 2. */
  readonly bladderSize: number;
  readonly thyroid: number;
  /** Age-related wear: contrast of joints and vertebral margins. */
  readonly joints: number;
  /** Vault, sternum, SI joints and so on vary around typical with this standard deviation (of the logarithm). */
  readonly boneVariation: number;
}

/**
 * How a lesion is shaped.
 * - `focus`: a round to oval spot inside the bone
 * - `joint`: along the joint's line or the whole joint
 * - `end-plate`: a flat band across a vertebra, or at one of its corners
 * - `rib-row`: a short round spot on a rib; those of one `group` line up across neighbouring ribs
 * - `segment`: a stretch of a rib or long bone, whole width
 * - `diffuse`: the whole site, patchy
 * - `paget`: the whole site, even, intense and enlarged
 * - `fracture-band`: a straight band across the bone (compression, insufficiency, stress)
 * - `prosthesis`: a cold implant with a warm rim
 * - `cold`: a defect
 */
export const lesionShapes = [
  'focus',
  'joint',
  'end-plate',
  'rib-row',
  'segment',
  'diffuse',
  'paget',
  'fracture-band',
  'prosthesis',
  'cold',
] as const;
export type LesionShape = (typeof lesionShapes)[number];

export interface PhantomLesion {
  /** Unique in the case; seeds the lesion's own random stream. */
  readonly id: string;
  readonly site: string;
  readonly nature: Nature;
  readonly uptake: Uptake;
  readonly intensity: Intensity;
  readonly shape: LesionShape;
  /** Size relative to typical for the shape, 0.4 to 2.5; drawn where it is left out. */
  readonly extent?: number;
  /** Place along the site's long axis (0 head or medial end, 1 foot or lateral end); drawn where it is left out. */
  readonly along?: number;
  /** Lesions of one event, such as a row of rib fractures; they share the place across the ribs. */
  readonly group?: string;
}

/** What is in the picture and is no bone finding. */
export type PhantomDistractor =
  | { readonly kind: 'urine-contamination'; readonly where: 'groin' | 'thigh' | 'pelvis'; readonly side: Side }
  | { readonly kind: 'injection-site'; readonly where: 'hand' | 'wrist' | 'elbow'; readonly side: Side }
  | { readonly kind: 'injection-leakage'; readonly where: 'hand' | 'wrist' | 'elbow'; readonly side: Side }
  | { readonly kind: 'crooked-positioning' }
  | { readonly kind: 'catheter-bag'; readonly side: Side }
  | { readonly kind: 'breast-uptake' }
  | { readonly kind: 'free-pertechnetate' };

/** How often an abnormality has each intensity, as the calibration of the lesions assumes it. */
export const intensityShares: Readonly<Record<Intensity, number>> = {
  faint: 0.12,
  mild: 0.33,
  moderate: 0.35,
  intense: 0.2,
};
