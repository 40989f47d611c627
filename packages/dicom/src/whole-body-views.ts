import type { GreyImage } from './grey-image.ts';
import { upright } from './pictures/inverted-greys.ts';
import { type Frame, framesOf, type Instance, type Series, type Study, type ViewOrigin } from './study.ts';
import { classifyPair, classifyView, type ViewGuess } from './views/classify-view.ts';

export interface WholeBodyViews {
  readonly anterior?: GreyImage;
  readonly posterior?: GreyImage;
  /** Whole-body frames whose view nothing tells: the user is asked. */
  readonly unknown: readonly GreyImage[];
  /** What told each view. */
  readonly origins: { readonly anterior?: ViewOrigin; readonly posterior?: ViewOrigin };
}

interface Candidate {
  readonly series: Series;
  readonly instance: Instance;
  readonly frame: Frame;
}

/** A whole-body frame is higher than wide; a spot view, a tomographic slice or a screen is not. */
const isWholeBody = ({ instance, frame }: Candidate): boolean => {
  const type = instance.header.texts('00080008');
  if (type.includes('TOMO') || type.includes('RECON TOMO')) return false;
  return frame.rows >= 1.5 * frame.columns;
};

/**
 * The anterior and the posterior whole-body picture of a study. The view is what the header or the file name says, else
 * what the picture itself shows, else unknown. Of more energy windows the first counts; of more acquisitions the last.
 * Throws DicomPixelError when a frame cannot be decoded.
 */
export async function wholeBodyViews(study: Study): Promise<WholeBodyViews> {
  const candidates = framesOf(study)
    .filter(isWholeBody)
    .filter(({ frame }) => (frame.energyWindow ?? 1) === 1);
  const chosen: { anterior?: GreyImage; posterior?: GreyImage } = {};
  const origins: { anterior?: ViewOrigin; posterior?: ViewOrigin } = {};
  const untold: GreyImage[] = [];
  for (const { frame } of latestLast(candidates)) {
    const image = upright(await frame.decode());
    if (frame.view === 'other') continue;
    if (frame.view) {
      chosen[frame.view] = image;
      origins[frame.view] = frame.viewOrigin ?? 'description';
    } else untold.push(image);
  }
  const unknown: GreyImage[] = [];
  for (const [image, view] of guessedViews(untold)) {
    if (view === 'unsure' || chosen[view]) unknown.push(image);
    else {
      chosen[view] = image;
      origins[view] = 'classifier';
    }
  }
  return { ...chosen, unknown, origins };
}

/** Two pictures of one patient are compared with each other, which is surer than judging each alone. */
function guessedViews(images: readonly GreyImage[]): [GreyImage, ViewGuess['view']][] {
  const [first, second] = images;
  if (images.length !== 2 || !first || !second) return images.map((image) => [image, classifyView(image).view]);
  const { view } = classifyPair(first, second);
  const opposite = { anterior: 'posterior', posterior: 'anterior', unsure: 'unsure' } as const;
  return [
    [first, view],
    [second, opposite[view]],
  ];
}

const latestLast = (candidates: readonly Candidate[]): Candidate[] =>
  [...candidates].sort((a, b) => acquired(a.instance).localeCompare(acquired(b.instance)));

const acquired = ({ header }: Instance): string =>
  `${header.text('00080022') ?? header.text('00080023') ?? ''} ${header.text('00080032') ?? header.text('00080033') ?? ''}`;
