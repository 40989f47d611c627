import type { DragEvent, MouseEvent, ReactNode, RefObject } from 'react';
import { useEffect, useMemo, useRef } from 'react';
import { useHighlight } from '../marks/highlight.tsx';
import type { Span } from '../marks/text-segments.ts';
import { textSegments } from '../marks/text-segments.ts';
import { useWords } from '../words/words-context.tsx';
import { openedText } from './kept-report.ts';
import type { TextMark } from './text-marks.ts';
import { highlightOf, isLit, lookOf } from './text-marks.ts';

/** The browser takes minutes to insert a megabyte with its undo history; a text beyond this is set as a whole. */
const longPaste = 20_000;

/**
 * The report as an editable text with its marks under the words. The marks lie in a copy of the text behind the field,
 * which wraps alike; the mouse reaches them through the field, the keyboard by moving the caret.
 */
export function TextPane({
  text,
  spans,
  lang,
  field,
  onText,
  onFile,
}: {
  readonly text: string;
  readonly spans: readonly Span<TextMark>[];
  readonly lang: string | undefined;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly onText: (text: string) => void;
  readonly onFile: (file: File) => void;
}): ReactNode {
  const { t } = useWords();
  const { highlight, hover, select, selected } = useHighlight();
  const backdrop = useRef<HTMLDivElement>(null);
  const pointed = useRef<Element>(undefined);
  const segments = useMemo(() => textSegments(text, spans), [text, spans]);

  useEffect(() => {
    // Chosen elsewhere on the page: the words come into view. While one is in the text, the caret leads.
    if (document.activeElement === field.current || selected.sites.size + (selected.spans?.size ?? 0) === 0) return;
    backdrop.current?.querySelector('.lit')?.scrollIntoView({ block: 'nearest' });
  }, [selected, field]);

  const underMouse = (event: MouseEvent): void => {
    const element = document
      .elementsFromPoint(event.clientX, event.clientY)
      .find((candidate) => candidate.parentElement === backdrop.current);
    if (element === pointed.current) return;
    pointed.current = element;
    const marks = segments[Number(element?.getAttribute('data-segment'))]?.values ?? [];
    hover(element && marks.length > 0 ? highlightOf(marks) : undefined);
  };
  const leave = (): void => {
    pointed.current = undefined;
    hover(undefined);
  };
  const atCaret = (): void => {
    const caret = field.current?.selectionStart ?? 0;
    const segment = segments.find(({ start, text: piece }) => start <= caret && caret < start + piece.length);
    const marks = segment?.values ?? [];
    select(marks.length > 0 ? highlightOf(marks) : undefined);
  };
  const drop = (event: DragEvent): void => {
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    onFile(file);
  };

  return (
    <div className="text-scroll">
      <div className="text-stack" lang={lang}>
        <div className="text-marks" ref={backdrop} aria-hidden="true">
          {segments.map(({ start, text: piece, values }, index) =>
            values.length === 0 ? (
              <span key={start}>{piece}</span>
            ) : (
              <mark
                key={start}
                data-segment={index}
                data-sites={[...new Set(values.flatMap((mark) => mark.findings.map(({ site }) => site)))].join(' ')}
                className={`${lookOf(values)}${values.some((mark) => isLit(mark, highlight)) ? ' lit' : ''}`}
              >
                {piece}
              </mark>
            ),
          )}
          {/* A last empty line takes height only where something stands in it. */}
          {'\u200b'}
        </div>
        <textarea
          ref={field}
          aria-label={t('reportText')}
          placeholder={t('reportPlaceholder')}
          spellCheck={false}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onSelect={atCaret}
          onMouseMove={underMouse}
          onMouseLeave={leave}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text/plain');
            if (pasted.length <= longPaste) return;
            event.preventDefault();
            const { selectionStart, selectionEnd } = event.currentTarget;
            onText(`${text.slice(0, selectionStart)}${openedText(pasted).text}${text.slice(selectionEnd)}`);
          }}
          onDragOver={(event) => event.preventDefault()}
          onDrop={drop}
          onKeyDown={(event) => {
            // Out of the text, so that the page's keys work again.
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      </div>
    </div>
  );
}
