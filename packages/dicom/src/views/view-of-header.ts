import type { Header } from '../header.ts';
import type { FrameView, ViewOrigin } from '../study.ts';
import { viewOfWords } from './view-words.ts';

export interface HeaderView {
  readonly view: FrameView;
  readonly origin: ViewOrigin;
}

// Codes of CID 26 and their predecessors, SNOMED CT and SNOMED RT, for the two views and for the X-ray terms that some
// exporters write instead. In nuclear medicine "AP" labels the anterior picture, as these exporters use it.
const viewCodes: Record<string, FrameView> = {
  '399321004': 'anterior',
  'G-5215': 'anterior',
  '399348003': 'anterior',
  'R-10206': 'anterior',
  '255549009': 'anterior',
  'R-404CC': 'anterior',
  '399001007': 'posterior',
  'G-5216': 'posterior',
  '272479007': 'posterior',
  'R-40888': 'posterior',
  '255551008': 'posterior',
  'R-404CE': 'posterior',
};

/** The value of frame `index` (from 0) of a vector attribute such as Detector Vector; 1 where there is none. */
const vectorValue = (header: Header, tag: string, index: number): number => header.numbers(tag)[index] ?? 1;

function viewOfCode(owner: Header | undefined): FrameView | undefined {
  const item = owner?.items('00540220')[0];
  if (!item) return undefined;
  const code = item.text('00080100');
  return (code ? viewCodes[code] : undefined) ?? viewOfWords(item.text('00080104')) ?? (code ? 'other' : undefined);
}

/**
 * Private attributes that name a view or a frame, as public dictionaries of private tags list them. The value is text,
 * or a list with one value for each frame.
 */
const privateNames: readonly { creator: string; group: string; element: string }[] = [
  { creator: 'GEMS_GENIE_1', group: '0011', element: '12' }, // Dataset Name, one for each
  { creator: 'GEMS_GENIE_1', group: '0011', element: '10' }, // Dataset Object Name
  { creator: 'GEMS_GENIE_1', group: '0009', element: '20' }, // Series Object Name
  { creator: 'GEMS_GENIE_1', group: '0009', element: '22' }, // User Orientation
  { creator: 'SIEMENS MED NM', group: '0009', element: '80' }, // Main Acquisition View
];

function viewOfPrivateTag(header: Header, index: number, frames: number): FrameView | undefined {
  for (const { creator, group, element } of privateNames)
    for (let block = 0x10; block <= 0x1f; block++) {
      const hex = block.toString(16).toUpperCase();
      if (header.text(`${group}00${hex}`) !== creator) continue;
      const names = header.texts(`${group}${hex}${element}`);
      const view = viewOfWords(names.length === frames ? names[index] : names.join(' '));
      if (view) return view;
    }
  return undefined;
}

/**
 * The view of frame `index` (from 0), from its code in the Detector Information Sequence or at the top, else a known
 * private tag, else a description (series, image comments, protocol, view position). Undefined when nothing tells.
 */
export function viewOfHeader(header: Header, index: number, frames: number): HeaderView | undefined {
  const detectors = header.items('00540022');
  const detector = detectors[vectorValue(header, '00540020', index) - 1] ?? (frames === 1 ? detectors[0] : undefined);
  const coded = viewOfCode(detector) ?? viewOfCode(header) ?? viewOfCode(header.items('00540012')[0]);
  if (coded) return { view: coded, origin: 'code' };
  const own = viewOfPrivateTag(header, index, frames);
  if (own) return { view: own, origin: 'private-tag' };
  const detectorWords = viewOfWords(detector?.text('00540308')) ?? viewOfWords(detector?.text('00181180'));
  if (detectorWords) return { view: detectorWords, origin: 'description' };
  if (frames > 1 && detectors.length > 1) return undefined;
  for (const tag of ['00204000', '00181030', '00185101', '0008103E', '00080008', '00102297', '00081030']) {
    const view = viewOfWords(header.text(tag));
    if (view) return { view, origin: 'description' };
  }
  return undefined;
}

/** The energy window of frame `index` (from 0), from 1, where the object tells windows apart. */
export function energyWindowOf(header: Header, index: number): number | undefined {
  const window = header.numbers('00540010')[index];
  return window === undefined || window < 1 ? undefined : window;
}
