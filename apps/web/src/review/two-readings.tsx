import type { SiteLabel } from '@radiolect/findings';
import type { ReviewItem } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { FindingEditor } from '../findings-list/finding-editor.tsx';
import type { VocabularyWord } from '../words/words-context.tsx';
import { useWords } from '../words/words-context.tsx';
import { differingFields, findingOfLabel, labelAttributes, labelOfForm } from './site-label-form.ts';
import type { Decision } from './use-review.ts';

const fieldWords = {
  state: 'labelState',
  nature: 'nature',
  likelihood: 'likelihood',
  change: 'change',
  uptake: 'uptake',
  intensity: 'intensity',
} as const;

/** Both labels of a site field by field, what differs marked, and what can be decided. */
export function TwoReadings({
  items,
  pending,
  editing,
  onEdit,
  onSettle,
  onSkip,
  onReopen,
  onApart,
}: {
  /** Read alike at each of their sites; one decision settles all. */
  readonly items: readonly [ReviewItem, ...ReviewItem[]];
  readonly pending: boolean;
  /** The fields of an own label are open. */
  readonly editing: boolean;
  readonly onEdit: (editing: boolean) => void;
  readonly onSettle: (decision: Decision) => void;
  readonly onSkip: () => void;
  readonly onReopen: () => void;
  readonly onApart: () => void;
}): ReactNode {
  const { t, word, siteName, language } = useWords();
  const [item] = items;
  const { rules, model } = item.readings;
  const differs = differingFields(rules, model);
  const open = item.state === 'open';
  return (
    <section className="two-readings" aria-label={t('reviewItem')}>
      <h2>{items.length > 1 ? t('sitesAlike', { n: items.length }) : siteName(item.site)}</h2>
      {items.length > 1 && (
        <p className="group-sites quiet">
          {items.map(({ site }) => siteName(site)).join(language === 'en' ? ', ' : '、')}
        </p>
      )}
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col" className="reader rules">
              {t('writerRules')}
            </th>
            <th scope="col" className="reader model">
              {item.model}
            </th>
          </tr>
        </thead>
        <tbody>
          {(['state', ...labelAttributes] as const)
            .filter((field) => field === 'state' || rules?.[field] !== undefined || model?.[field] !== undefined)
            .map((field) => (
              <tr key={field} className={differs.has(field) ? 'differs' : ''}>
                <th scope="row">{t(fieldWords[field])}</th>
                <td>
                  <FieldValue field={field} label={rules} word={word} />
                </td>
                <td>
                  <FieldValue field={field} label={model} word={word} />
                </td>
              </tr>
            ))}
          <tr className="evidence">
            <th scope="row">{t('labelEvidence')}</th>
            <td>{rules && <Evidence label={rules} />}</td>
            <td>{model && <Evidence label={model} />}</td>
          </tr>
          {open && (
            <tr className="take-row">
              <td />
              <td>
                <button
                  type="button"
                  className="primary"
                  disabled={pending}
                  aria-label={t('takeRules')}
                  onClick={() => onSettle({ take: 'rules' })}
                >
                  {t('takeReading')} <kbd>←</kbd>
                </button>
              </td>
              <td>
                <button
                  type="button"
                  className="primary"
                  disabled={pending}
                  aria-label={t('takeModel')}
                  onClick={() => onSettle({ take: 'model' })}
                >
                  {t('takeReading')} <kbd>→</kbd>
                </button>
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {open ? (
        <div className="row review-acts">
          <button type="button" aria-expanded={editing} disabled={pending} onClick={() => onEdit(!editing)}>
            {t('ownLabel')} <kbd>o</kbd>
          </button>
          <button
            type="button"
            disabled={pending}
            title={t('notMentionedWhy')}
            onClick={() => onSettle({ take: 'own', label: null })}
          >
            {t('notMentionedAct')} <kbd>0</kbd>
          </button>
          {items.length > 1 && (
            <button type="button" onClick={onApart}>
              {t('oneByOne')} <kbd>s</kbd>
            </button>
          )}
          <span className="spring" />
          <button type="button" onClick={onSkip}>
            {t('skip')} <kbd>n</kbd>
          </button>
        </div>
      ) : (
        <Settled item={item} onReopen={onReopen} />
      )}
      {open && editing && (
        <FindingEditor
          key={item.id}
          finding={findingOfLabel(item.site, model ?? rules)}
          sites={[item.site]}
          fixedPlace
          onCancel={() => onEdit(false)}
          onSave={(form) => onSettle({ take: 'own', label: labelOfForm(form) })}
        />
      )}
    </section>
  );
}

function FieldValue({
  field,
  label,
  word,
}: {
  readonly field: keyof typeof fieldWords;
  readonly label: SiteLabel | undefined;
  readonly word: VocabularyWord;
}): ReactNode {
  if (field === 'state') {
    const state = label?.state ?? 'unmentioned';
    return (
      <>
        <span className={`state-dot ${state}`} /> {word('presence', state)}
      </>
    );
  }
  const value = label?.[field];
  // The lists share no value, so the field names the list of its value.
  return value === undefined ? '–' : word(field, value as never);
}

function Evidence({ label }: { readonly label: SiteLabel }): ReactNode {
  const { t } = useWords();
  return label.evidence ? <q>{label.evidence.text}</q> : <span className="quiet">{t('noEvidence')}</span>;
}

function Settled({ item, onReopen }: { readonly item: ReviewItem; readonly onReopen: () => void }): ReactNode {
  const { t, word, language } = useWords();
  const { resolution } = item;
  if (!resolution) return null;
  const takenOf = { rules: t('writerRules'), model: item.model, own: t('ownLabel') }[resolution.take];
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <div className="settled">
      <p>
        {t('settledTake')}: <b>{takenOf}</b> ({word('presence', resolution.label?.state ?? 'unmentioned')})
      </p>
      <p className="quiet">{t('settledAs', { name: resolution.by, time: time.format(new Date(resolution.at)) })}</p>
      <button type="button" onClick={onReopen}>
        {t('openAgain')}
      </button>
    </div>
  );
}
