import { lazy, type ReactNode, Suspense, useSyncExternalStore } from 'react';
import { Route, Switch } from 'wouter';
import { isTokenWanted, watchToken } from './api/token.ts';
import { NewRun } from './form/new-run.tsx';
import { Header } from './shell/header.tsx';
import { Loading, Notice } from './shell/notice.tsx';
import { TokenForm } from './shell/token-form.tsx';

const RunPage = lazy(async () => ({ default: (await import('./run/run-page.tsx')).RunPage }));
const HistoryPage = lazy(async () => ({
  default: (await import('./history/history-page.tsx')).HistoryPage,
}));
const ComparePage = lazy(async () => ({
  default: (await import('./history/compare-page.tsx')).ComparePage,
}));
const StatisticsPage = lazy(async () => ({
  default: (await import('./statistics/statistics-page.tsx')).StatisticsPage,
}));

/** The page: its header, and the view that the address names. */
export function App(): ReactNode {
  const isLocked = useSyncExternalStore(watchToken, isTokenWanted);
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        {isLocked && <TokenForm />}
        <div hidden={isLocked}>
          <Suspense fallback={<Loading what="the view" />}>
            <Views />
          </Suspense>
        </div>
      </main>
    </>
  );
}

function Views(): ReactNode {
  return (
    <Switch>
      <Route path="/">
        <NewRun />
      </Route>
      <Route path="/runs/:id">{({ id }) => <RunPage key={id} id={id} />}</Route>
      <Route path="/history">
        <HistoryPage />
      </Route>
      <Route path="/compare/:a/:b">{({ a, b }) => <ComparePage a={a} b={b} />}</Route>
      <Route path="/statistics">
        <StatisticsPage />
      </Route>
      <Route>
        <Notice title="Nothing is here">
          The address names no view. Begin a new run, or look for one in the history.
        </Notice>
      </Route>
    </Switch>
  );
}
