import type { PackAnswer } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { usePackAnswer, useSession, useStudy } from './api/queries.ts';
import { AppBoundary } from './app-boundary.tsx';
import { ArchivePage } from './archive/archive-page.tsx';
import { HelpOverlay } from './keyboard/help-overlay.tsx';
import { Modal } from './keyboard/modal.tsx';
import { useKeys } from './keyboard/use-keys.ts';
import type { Route } from './navigation/route.ts';
import { go, useRoute } from './navigation/route.ts';
import { PatientVersionPage } from './patient-version/patient-version-page.tsx';
import { DraftLanguageField } from './reader/draft-language-field.tsx';
import { ReaderNameForm } from './reader/reader-name-form.tsx';
import { ReportPage } from './report-page/report-page.tsx';
import { ReviewPage } from './review/review-page.tsx';
import { StudyPage } from './study/study-page.tsx';
import { TopBar } from './top-bar.tsx';
import { TrainingPage } from './training/training-page.tsx';
import { useWords, WordsProvider } from './words/words-context.tsx';
import { WorklistPage } from './worklist/worklist-page.tsx';

/** The reading room in the browser. */
export function App(): ReactNode {
  const { data: pack, error } = usePackAnswer();
  return (
    <WordsProvider sites={pack?.sites ?? []}>
      <Frame pack={pack} problem={error} />
    </WordsProvider>
  );
}

function Frame({
  pack,
  problem,
}: {
  readonly pack: PackAnswer | undefined;
  readonly problem: Error | null;
}): ReactNode {
  const { t } = useWords();
  const route = useRoute();
  const { data: session } = useSession();
  const [overlay, setOverlay] = useState<'help' | 'name'>();
  const close = (): void => setOverlay(undefined);
  useKeys([
    ['?', () => setOverlay('help')],
    ['g w', () => go({ page: 'worklist', search: '' })],
    ['g r', () => go({ page: 'report' })],
    ['g v', () => go({ page: 'review' })],
    ['g t', () => go({ page: 'training' })],
    ['g i', () => go({ page: 'archive' })],
  ]);
  return (
    <>
      <TopBar
        route={route}
        reader={session?.reader}
        onName={() => setOverlay('name')}
        onHelp={() => setOverlay('help')}
      />
      {session?.banners?.map((line) => (
        <p key={line} className="leaves-banner" role="note">
          <b>{t('textMayLeave')}</b> {line}
        </p>
      ))}
      {problem && (
        <p role="alert" className="problem">
          {problem.message}
        </p>
      )}
      {!pack && !problem && <p className="quiet centred">{t('loading')}</p>}
      {pack && (
        <AppBoundary key={route.page === 'study' ? route.id : route.page}>
          <Page route={route} pack={pack} />
        </AppBoundary>
      )}
      {overlay === 'help' && <HelpOverlay onClose={close} />}
      {overlay === 'name' && (
        <Modal title={t('settings')} onClose={close}>
          <ReaderNameForm known={session?.reader} onDone={close} />
          <DraftLanguageField />
        </Modal>
      )}
    </>
  );
}

function Page({ route, pack }: { readonly route: Route; readonly pack: PackAnswer }): ReactNode {
  if (route.page === 'study') return <StudyRoute id={route.id} pack={pack} />;
  if (route.page === 'report') return <ReportPage study={route.study} />;
  if (route.page === 'patient-version') return <PatientVersionPage id={route.id} pack={pack} />;
  if (route.page === 'review') return <ReviewPage pack={pack} />;
  if (route.page === 'training') return <TrainingPage pack={pack} />;
  if (route.page === 'archive') return <ArchivePage />;
  return <WorklistPage search={route.search} />;
}

function StudyRoute({ id, pack }: { readonly id: string; readonly pack: PackAnswer }): ReactNode {
  const { t } = useWords();
  const { data: study, error } = useStudy(id);
  if (error && !study)
    return (
      <p role="alert" className="problem">
        {error.message}
      </p>
    );
  return study ? (
    <StudyPage key={study.id} study={study} pack={pack} />
  ) : (
    <p className="quiet centred">{t('loading')}</p>
  );
}
