import type { AnatomicSite, Atlas, Language } from '@radiolect/findings';

/** `GET /api/session`. `PUT /api/session/reader` with {@link ReaderName} answers the same. */
export interface Session {
  /** The name that was typed once; nobody has checked it. Absent until it is typed; signing needs it. */
  readonly reader?: string;
  readonly version: string;
  readonly pack: string;
  readonly settings: Settings;
  /**
   * Lines to show on every page: a language model of the configuration is not on this computer, and may receive the
   * text of reports. Left out where there are none.
   */
  readonly banners?: readonly string[];
}

export interface ReaderName {
  readonly name: string;
}

/** `GET /api/settings`, `PUT /api/settings` with any part of it. */
export interface Settings {
  /** Language of new drafts. */
  readonly draftLanguage: Language;
  /** Language of the interface; the page may also keep its own. */
  readonly interfaceLanguage: Language;
  /** Whether language models may draft; off until somebody switches it on. */
  readonly languageModelDrafts: boolean;
}

/** `GET /api/pack`. The atlas is undefined where the pack has none. */
export interface PackAnswer {
  readonly name: string;
  readonly version: string;
  readonly sites: readonly AnatomicSite[];
  readonly atlas?: Atlas;
}

/** `GET /api/packs`: every pack that a report can be read with, the reading room's own first. */
export interface PackList {
  readonly packs: readonly string[];
}

/**
 * `GET /api/packs/NAME/files`: a pack as its files (path inside the pack → text), for `parsePack`, so that a report can
 * be read in the browser. `mean-picture.json` stays out: no text is read with it.
 */
export interface PackFiles {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}
