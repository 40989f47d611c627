import type { Change, ConceptPosition, Presence } from '@radiolect/findings';

/** What one mention says of one position, with its place in the text (UTF-16 code units). */
export interface Statement {
  readonly presence: Presence;
  readonly change?: Change | undefined;
  readonly start: number;
  readonly end: number;
}

/** The state of a position and the statements that gave it, strongest first. */
export interface PositionState {
  readonly presence: Presence;
  readonly change?: Change | undefined;
  readonly statements: readonly Statement[];
}

const strength = { present: 3, uncertain: 2, absent: 1 } as const satisfies Record<Presence, number>;

/**
 * Several statements on one position: present before uncertain before absent. Then the roll-ups of the pack
 * (`implies`), and the derived positions (`noneOf`), which are present where nothing else is present or uncertain.
 */
export function combine(
  stated: ReadonlyMap<string, readonly Statement[]>,
  positions: readonly ConceptPosition[],
  readable: boolean,
): Map<string, PositionState> {
  const states = new Map<string, PositionState>();
  for (const { id, noneOf } of positions) {
    const statements = stated.get(id);
    if (!statements?.length) continue;
    const presence = strongest(statements);
    // A derived position is never stated: a text that calls itself normal and names a finding is not.
    if (noneOf) continue;
    const deciding = statements.filter((s) => s.presence === presence);
    states.set(id, { presence, change: deciding.find((s) => s.change)?.change, statements: deciding });
  }
  // A roll-up may pass through another; as many rounds as there are positions reach every one.
  for (let round = 0; round < positions.length; round++) {
    let changed = false;
    for (const { id, implies } of positions) {
      const from = states.get(id);
      if (!from || from.presence === 'absent') continue;
      for (const target of implies) {
        const known = states.get(target);
        if (known && strength[known.presence] >= strength[from.presence]) continue;
        states.set(target, { presence: from.presence, statements: from.statements });
        changed = true;
      }
    }
    if (!changed) break;
  }
  for (const { id, noneOf } of positions) {
    if (!noneOf || !readable) continue;
    const found = [...states].some(
      ([other, { presence }]) => other !== id && presence !== 'absent' && !noneOf.exempt.includes(other),
    );
    if (!found) states.set(id, { presence: 'present', statements: stated.get(id) ?? [] });
  }
  return states;
}

function strongest(statements: readonly Statement[]): Presence {
  let best: Presence = 'absent';
  for (const { presence } of statements) if (strength[presence] > strength[best]) best = presence;
  return best;
}
