import { type ReactNode, Suspense, useSyncExternalStore } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { isTokenWanted, watchToken } from './api/token.ts';
import { NewRun } from './form/new-run.tsx';
import { Header } from './shell/header.tsx';
import { lazyView } from './shell/lazy-view.ts';
import { Loading, Notice } from './shell/notice.tsx';
import { TokenForm } from './shell/token-form.tsx';
import { ViewBoundary } from './shell/view-boundary.tsx';

const RunPage = lazyView(async () => (await import('./run/run-page.tsx')).RunPage);
const HistoryPage = lazyView(async () => (await import('./history/history-page.tsx')).HistoryPage);
const ComparePage = lazyView(async () => (await import('./history/compare-page.tsx')).ComparePage);
const StatisticsPage = lazyView(
  async () => (await import('./statistics/statistics-page.tsx')).StatisticsPage,
);

/** The page: its header, and the view that the address names. */
export function App(): ReactNode {
  const [location] = useLocation();
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
          <ViewBoundary key={location}>
            <Suspense fallback={<Loading what="the view" />}>
              <Views />
            </Suspense>
          </ViewBoundary>
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
