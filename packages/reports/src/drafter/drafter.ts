import type { ClinicalPanel, DraftReport, DraftSentence, Finding, Language, Pack } from '@radiolect/findings';
import type { Statement } from './finding-sentences.ts';
import { findingStatements } from './finding-sentences.ts';
import type { StudyAttributes } from './header.ts';
import { draftHeader } from './header.ts';
import { impressionStatements } from './impression.ts';
import type { DraftTemplate } from './template.ts';
import { parseTemplate } from './template.ts';

export interface DraftInput {
  readonly findings: readonly Finding[];
  readonly language: Language;
  readonly panel?: ClinicalPanel;
  /** The study that the findings' `change` refers to; its date is a DICOM date (YYYYMMDD). */
  readonly prior?: { readonly date: string };
  readonly study?: StudyAttributes;
}

export interface Drafter {
  /** Writes a report from findings. Throws RangeError where two findings share an id or a site is not of the pack. */
  draft(input: DraftInput): DraftReport;
}

/**
 * Drafts by the pack's templates; `template` replaces the one of its language. A template is read when its language is
 * first asked for, and InvalidPackError names the file and field where it is broken.
 */
export function createDrafter(pack: Pack, template?: DraftTemplate): Drafter {
  const templates = new Map<Language, DraftTemplate>(template ? [[template.language, template]] : []);
  const known = new Set(pack.sites.map((site) => site.id));
  const templateOf = (language: Language): DraftTemplate => {
    const found = templates.get(language) ?? parseTemplate(pack, language);
    templates.set(language, found);
    return found;
  };
  return {
    draft({ findings, language, panel = {}, prior, study = {} }) {
      const wording = templateOf(language);
      const foreign = findings.find((finding) => !known.has(finding.site));
      if (foreign) throw new RangeError(`site "${foreign.site}" is not of pack ${pack.name}`);
      if (new Set(findings.map((finding) => finding.id)).size !== findings.length)
        throw new RangeError('two findings share one id; give each focus its own');
      const size = pack.sites.length;
      return {
        language,
        header: draftHeader(panel, priorOf(findings, prior?.date ?? panel.priorDate), study, wording),
        sentences: [
          ...numbered('findings', findingStatements(findings, wording, size)),
          ...numbered('impression', impressionStatements(findings, panel, wording, size)),
        ],
      };
    },
  };
}

/** The date of the prior; 'none' only where no finding speaks of a change; undefined where the prior is not known. */
function priorOf(findings: readonly Finding[], date: string | undefined): string | undefined {
  return date ?? (findings.some((finding) => finding.change !== undefined) ? undefined : 'none');
}

const numbered = (section: DraftSentence['section'], statements: readonly Statement[]): DraftSentence[] =>
  statements.map(({ text, states }, index) => ({
    id: `${section}-${index + 1}`,
    section,
    text,
    states,
    origin: 'rules',
  }));
