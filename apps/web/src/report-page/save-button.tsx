import { Download } from 'lucide-react';
import type { ReactNode } from 'react';

/** Saves what was made of a text as a file, without a request: the browser writes it from memory. */
export function SaveButton({
  label,
  caption,
  name,
  type,
  content,
}: {
  readonly label: string;
  /** Stands beside the sign where several buttons stand side by side. */
  readonly caption?: string;
  readonly name: string;
  readonly type: string;
  readonly content: () => string;
}): ReactNode {
  const save = (): void => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([content()], { type }));
    link.download = name;
    link.click();
    // The browser has taken the bytes by the next turn; until then the address must stay valid.
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  return (
    <button type="button" className={caption ? 'small' : 'icon'} title={label} aria-label={label} onClick={save}>
      <Download /> {caption}
    </button>
  );
}
