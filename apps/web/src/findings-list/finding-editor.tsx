import type { Finding } from '@radiolect/findings';
import { changes, intensities, likelihoods, natures, presences, uptakes } from '@radiolect/findings';
import type { FormEvent, KeyboardEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../words/words-context.tsx';
import { ChoiceField } from './choice-field.tsx';
import type { FindingForm } from './edited-finding.ts';
import { formOf, withRules } from './edited-finding.ts';

/** The fields of one finding, opened under its row. Escape leaves it as it was. */
export function FindingEditor({
  finding,
  sites,
  fixedPlace = false,
  onSave,
  onCancel,
}: {
  readonly finding: Finding;
  /** Site ids in the pack's order. */
  readonly sites: readonly string[];
  /** Site and part cannot be changed. */
  readonly fixedPlace?: boolean;
  readonly onSave: (form: FindingForm) => void;
  readonly onCancel: () => void;
}): ReactNode {
  const { t, word, siteName } = useWords();
  const [form, setForm] = useState(() => formOf(finding));
  const set = (change: Partial<Record<keyof FindingForm, string | undefined>>): void =>
    setForm((known) => withRules({ ...known, ...change } as FindingForm));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSave(form);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onCancel();
  };
  const absent = form.presence === 'absent';
  const causeStated = form.nature !== undefined && form.nature !== 'unspecified';
  return (
    <form className="finding-editor" onSubmit={submit} onKeyDown={onKey} aria-label={t('edit')}>
      <ChoiceField
        label={t('presence')}
        value={form.presence}
        choices={presences.map((value) => [value, word('presence', value)])}
        onChange={(presence) => set({ presence })}
        required
        focusFirst
      />
      <ChoiceField
        label={t('nature')}
        value={form.nature}
        choices={natures.map((value) => [value, word('nature', value)])}
        onChange={(nature) => set({ nature })}
        disabled={absent}
      />
      <ChoiceField
        label={t('likelihood')}
        value={form.likelihood}
        choices={likelihoods.map((value) => [value, word('likelihood', value)])}
        onChange={(likelihood) => set({ likelihood })}
        disabled={!causeStated}
        required
      />
      <ChoiceField
        label={t('intensity')}
        value={form.intensity}
        choices={intensities.map((value) => [value, word('intensity', value)])}
        onChange={(intensity) => set({ intensity })}
        disabled={absent}
      />
      <ChoiceField
        label={t('uptake')}
        value={form.uptake}
        choices={uptakes.map((value) => [value, word('uptake', value)])}
        onChange={(uptake) => set({ uptake })}
        disabled={absent}
      />
      <ChoiceField
        label={t('change')}
        value={form.change}
        choices={changes
          .filter((value) => absent || value !== 'resolved')
          .map((value) => [value, word('change', value)])}
        onChange={(change) => set({ change })}
      />
      {!fixedPlace && (
        <>
          <ChoiceField
            label={t('site')}
            value={form.site}
            choices={sites.map((id) => [id, siteName(id)])}
            onChange={(site) => set({ site })}
            required
          />
          <label className="field">
            <span>{t('partOfSite')}</span>
            <input
              value={form.part ?? ''}
              maxLength={60}
              placeholder={t('partExample')}
              onChange={(event) => set({ part: event.target.value || undefined })}
            />
          </label>
        </>
      )}
      <div className="form-actions wide">
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
        <button type="submit" className="primary">
          {t('save')}
        </button>
      </div>
    </form>
  );
}
