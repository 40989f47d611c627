import { useEffect, useState } from 'react';

/** Texts up to this length are read within a few milliseconds. */
const shortText = 20_000;

/** The text as it stood once the typing paused: at once for the eye, later where reading takes longer. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), text.length <= shortText ? 60 : 500);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
