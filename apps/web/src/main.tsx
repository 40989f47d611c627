import './without-eval.ts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RequestRefusedError } from './api/request.ts';
import { App } from './app.tsx';
import './styles/base.css';
import './styles/study.css';
import './styles/pages.css';
import './styles/report.css';
import './styles/drafts.css';
import './styles/patient-version.css';
import './styles/review.css';

// A refusal does not get better by asking again; a server that is just starting does.
const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => !(error instanceof RequestRefusedError) && failures < 3,
      refetchOnWindowFocus: false,
    },
  },
});

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
