import type { RunRow } from '../../../src/report/history-json.ts';
import type { StatsRow } from '../../../src/report/stats-json.ts';
import type {
  DefaultsView,
  ExampleView,
  ModelView,
  RedecidedView,
  RouteView,
  RunDetail,
  RunRequest,
  StartedView,
} from '../../../src/serve/api/shapes.ts';
import { send, sendForJson } from './request.ts';

/** Which runs to list. */
export interface RunFilter {
  readonly text: string;
  readonly status: string;
  readonly category: string;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Begins a run. */
export function startRun(request: RunRequest): Promise<StartedView> {
  return sendForJson('/api/runs', { method: 'POST', body: request });
}

/** Tells who would be asked. */
export function previewRoute(request: RunRequest, signal: AbortSignal): Promise<RouteView> {
  return sendForJson('/api/route', { method: 'POST', body: request, signal });
}

/** Lists what can be asked. */
export async function listModels(): Promise<readonly ModelView[]> {
  return (await sendForJson<{ models: ModelView[] }>('/api/models')).models;
}

/** Tells what holds for a run where the form says nothing. */
export function getDefaults(): Promise<DefaultsView> {
  return sendForJson('/api/defaults');
}

/** Lists tasks that there are recordings of. */
export async function listExamples(): Promise<readonly ExampleView[]> {
  return (await sendForJson<{ examples: ExampleView[] }>('/api/examples')).examples;
}

/** Lists runs, the newest first. */
export async function listRuns(filter: RunFilter): Promise<readonly RunRow[]> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  return (await sendForJson<{ runs: RunRow[] }>(`/api/runs?${query}`)).runs;
}

/** Gives a run with its result. */
export function getRun(id: string): Promise<RunDetail> {
  return sendForJson(runPath(id));
}

/** Ends a run, or what is asked of one of its seats. Rejects where this server does not perform it, or it has ended. */
export async function cancelRun(id: string, seat?: string): Promise<void> {
  const query = seat === undefined ? '' : `?seat=${encodeURIComponent(seat)}`;
  await send(`${runPath(id)}/cancel${query}`, { method: 'POST', body: {} });
}

/** Goes on with an interrupted run. */
export async function resumeRun(id: string): Promise<void> {
  await send(`${runPath(id)}/resume`, { method: 'POST', body: {} });
}

/** Decides a run again from its kept answers. */
export function redecideRun(id: string): Promise<RedecidedView> {
  return sendForJson(`${runPath(id)}/redecide`, { method: 'POST', body: {} });
}

/** Deletes a run for good. */
export async function deleteRun(id: string): Promise<void> {
  await send(runPath(id), { method: 'DELETE' });
}

/** Tells how the models fared. */
export async function getStatistics(since: string): Promise<readonly StatsRow[]> {
  const query = since === '' ? '' : `?since=${encodeURIComponent(since)}`;
  return (await sendForJson<{ models: StatsRow[] }>(`/api/statistics${query}`)).models;
}

function runPath(id: string): string {
  return `/api/runs/${encodeURIComponent(id)}`;
}
