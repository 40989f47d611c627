import type { ClinicalPanel as Panel } from '@radiolect/findings';
import type { ReactNode, SyntheticEvent } from 'react';
import { useEffect, useState } from 'react';
import { useWords } from '../words/words-context.tsx';

const texts = ['question', 'primaryTumour', 'trauma', 'surgery'] as const;
const tests = ['PSA', 'ALP'] as const;

type Form = Record<(typeof texts)[number] | (typeof tests)[number], string>;

const formOf = (panel: Panel): Form => ({
  question: panel.question ?? '',
  primaryTumour: panel.primaryTumour ?? '',
  trauma: panel.trauma ?? '',
  surgery: panel.surgery ?? '',
  PSA: panel.laboratory?.PSA ?? '',
  ALP: panel.laboratory?.ALP ?? '',
});

/** Keeps what the form does not show: other laboratory values and the prior's date. */
export function panelOf(form: Form, before: Panel): Panel {
  const laboratory = Object.fromEntries(
    Object.entries({ ...before.laboratory, PSA: form.PSA.trim(), ALP: form.ALP.trim() }).filter(([, value]) => value),
  );
  return {
    ...Object.fromEntries(texts.map((key) => [key, form[key].trim()]).filter(([, value]) => value)),
    ...(Object.keys(laboratory).length > 0 ? { laboratory } : {}),
    ...(before.priorDate ? { priorDate: before.priorDate } : {}),
  };
}

/** What is known of the patient; saved when a field is left, and the draft follows. */
export function ClinicalPanel({
  panel,
  readOnly,
  onSave,
}: {
  readonly panel: Panel;
  readonly readOnly: boolean;
  readonly onSave: (panel: Panel) => void;
}): ReactNode {
  const { t } = useWords();
  const [form, setForm] = useState(() => formOf(panel));
  useEffect(() => setForm(formOf(panel)), [panel]);
  const changed = JSON.stringify(form) !== JSON.stringify(formOf(panel));
  const save = (event?: SyntheticEvent): void => {
    event?.preventDefault();
    if (changed) onSave(panelOf(form, panel));
  };
  const field = (key: keyof Form, label: string, example = ''): ReactNode => (
    <label className={key === 'question' ? 'field wide' : 'field'}>
      <span>{label}</span>
      <input
        value={form[key]}
        placeholder={example}
        readOnly={readOnly}
        maxLength={300}
        onChange={(event) => setForm({ ...form, [key]: event.target.value })}
        onBlur={() => save()}
        onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && save(event)}
      />
    </label>
  );
  return (
    <form className="clinical-panel" onSubmit={save} aria-label={t('clinicalPanel')}>
      {field('question', t('question'))}
      {field('primaryTumour', t('primaryTumour'))}
      {field('PSA', 'PSA', 'ng/mL')}
      {field('ALP', 'ALP', 'U/L')}
      {field('trauma', t('trauma'))}
      {field('surgery', t('surgery'))}
    </form>
  );
}
