/**
 * Why a file is not taken in. `code` is for programs, `rule` says what the file breaks, `fix` what a person can do.
 * Neither holds text from inside the file, so no patient's name can reach a log.
 */
export interface Refusal {
  readonly code: RefusalCode;
  readonly rule: string;
  readonly fix: string;
}

export type RefusalCode =
  | 'unreadable'
  | 'empty'
  | 'too-large'
  | 'not-an-image-file'
  | 'broken-header'
  | 'truncated'
  | 'no-identifiers'
  | 'no-pixels'
  | 'dimensions'
  | 'transfer-syntax'
  | 'modality'
  | 'duplicate'
  | 'broken-picture'
  | 'broken-pixels';

/** A file that cannot be taken in as a whole. */
export class DicomReadError extends Error {
  readonly source: string;
  readonly refusal: Refusal;
  constructor(source: string, refusal: Refusal) {
    super(`${source}: ${refusal.rule}. ${refusal.fix}.`);
    this.name = 'DicomReadError';
    this.source = source;
    this.refusal = refusal;
  }
}

/** A frame whose pixels cannot be decoded, though its header could be read. */
export class DicomPixelError extends Error {
  readonly source: string;
  readonly refusal: Refusal;
  constructor(source: string, refusal: Refusal) {
    super(`${source}: ${refusal.rule}. ${refusal.fix}.`);
    this.name = 'DicomPixelError';
    this.source = source;
    this.refusal = refusal;
  }
}

/** A picture file (PNG or JPEG) whose bytes do not decode. */
export class PictureError extends Error {
  readonly rule: string;
  constructor(rule: string) {
    super(rule);
    this.name = 'PictureError';
    this.rule = rule;
  }
}
