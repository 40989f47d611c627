import type { Finding, Pack, TextEvidence } from '@radiolect/findings';
import type { Statement } from '../concepts/combination.ts';
import { combine } from '../concepts/combination.ts';

/**
 * What a model found of the positions of a pack of concepts, as the rule reader would have it: each with the concept of
 * its position, the pack's roll-ups and derived positions worked out, attributes of uptake left out.
 */
export function conceptFindings(findings: readonly Finding[], pack: Pack, text: string): Finding[] {
  const stated = new Map<string, Statement[]>();
  const sources = new Map(findings.map((finding) => [finding.site, finding.source]));
  for (const { site, presence, change, evidence } of findings)
    stated.set(
      site,
      evidence.flatMap((span) =>
        span.kind === 'text' ? [{ presence, change, start: span.start, end: span.end }] : [],
      ),
    );
  const states = combine(stated, pack.concepts, text.trim() !== '');
  const [source = { kind: 'report' as const }] = sources.values();
  return pack.concepts.flatMap(({ id, concept }) => {
    const state = states.get(id);
    if (!state) return [];
    const { presence, change, statements } = state;
    const fits = change !== undefined && (change === 'resolved') === (presence === 'absent');
    return [
      {
        id,
        concept,
        site: id,
        presence,
        ...(fits ? { change } : {}),
        evidence: statements.map(
          ({ start, end }): TextEvidence => ({ kind: 'text', start, end, text: text.slice(start, end) }),
        ),
        source,
      },
    ];
  });
}
