import { useEffect, useRef } from 'react';

/**
 * What each key does; keys as in KeyboardEvent.key, with "Ctrl+" before them where control or command is held, and
 * "g w" for a w within a second after a g. An act that answers false has not used the key: another part of the page may.
 */
export type KeyMap = readonly (readonly [key: string, act: () => unknown])[];

const pressable = 'button, a, summary, [role=button]';
const typing =
  'input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable=true]';

/** The name under which a key press is looked up; undefined while the person types or a dialog has the keyboard. */
export function keyName(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  inField: boolean,
): string | undefined {
  if (event.altKey) return undefined;
  const held = event.ctrlKey || event.metaKey;
  if (inField && !held) return undefined;
  return held ? `Ctrl+${event.key}` : event.key;
}

const actOf = (keys: KeyMap, name: string): (() => unknown) | undefined => keys.find(([key]) => key === name)?.[1];

/** Listens on the whole page while the component is shown. Keys typed into fields and open dialogs are left alone. */
export function useKeys(keys: KeyMap): void {
  const latest = useRef(keys);
  latest.current = keys;
  const prefixAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      const target = event.target instanceof Element ? event.target : document.body;
      // Enter on a button or link is that button's or link's.
      if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && target.closest(pressable)) return;
      const name = keyName(event, target.closest(typing) !== null);
      const prefixed = event.timeStamp - prefixAt.current < 1000;
      prefixAt.current = name === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const act = name === undefined ? undefined : actOf(latest.current, prefixed ? `g ${name}` : name);
      if (!act) return;
      if (act() !== false) event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
