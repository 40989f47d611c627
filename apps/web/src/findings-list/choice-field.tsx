import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';

/** One closed list as a labelled select; an optional one starts with "not stated". */
export function ChoiceField(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly choices: readonly (readonly [value: string, name: string])[];
  readonly onChange: (value: string | undefined) => void;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly focusFirst?: boolean;
}): ReactNode {
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (props.focusFirst) select.current?.focus();
  }, [props.focusFirst]);
  return (
    <label className="field">
      <span>{props.label}</span>
      <select
        ref={select}
        value={props.value ?? ''}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.target.value || undefined)}
      >
        {(!props.required || props.value === undefined) && <option value="">–</option>}
        {props.choices.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
