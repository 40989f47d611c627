import type { ReactNode } from 'react';
import { Component } from 'react';
import { useWords } from './words/words-context.tsx';

interface BoundaryState {
  readonly problem?: Error;
}

/** Shows what went wrong instead of an empty page. Nothing is lost: every change was saved when it was made. */
export class AppBoundary extends Component<{ readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = {};

  static getDerivedStateFromError(problem: Error): BoundaryState {
    return { problem };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    return problem ? <Broken message={problem.message} /> : this.props.children;
  }
}

function Broken({ message }: { readonly message: string }): ReactNode {
  const { t } = useWords();
  return (
    <p role="alert" className="problem">
      {t('broken', { message })}{' '}
      <button type="button" onClick={() => location.reload()}>
        {t('reload')}
      </button>
    </p>
  );
}
