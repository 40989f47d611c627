/** One line on stderr that is rewritten as work goes on; on no terminal, a line per stage. */
export interface ProgressLine {
  show(stage: string, done: number, total?: number): void;
  /** A line of its own, above the progress. */
  say(line: string): void;
  end(): void;
}

const redrawMs = 80;

export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  let stage = '';
  let drawnAt = 0;
  let open = false;
  const clear = (): void => {
    if (open && stream.isTTY) stream.write('\r\u001b[K');
    open = false;
  };
  return {
    show(next, done, total) {
      const now = performance.now();
      const last = total !== undefined && done >= total;
      if (stream.isTTY) {
        if (next === stage && now - drawnAt < redrawMs && !last) return;
        clear();
        stream.write(`${next} ${done}${total === undefined ? '' : ` of ${total}`}`);
        open = true;
      } else if (next !== stage) stream.write(`${next} …\n`);
      stage = next;
      drawnAt = now;
    },
    say(line) {
      clear();
      stream.write(`${line}\n`);
    },
    end: clear,
  };
}
