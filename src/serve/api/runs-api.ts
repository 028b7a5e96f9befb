import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { App } from '../../app/app.ts';
import { findRun } from '../../app/find-run.ts';
import { recordOf } from '../../app/record-of.ts';
import { redecide } from '../../app/redecide.ts';
import { runStates } from '../../domain/history.ts';
import { type MistakeCode, OrchestratorError } from '../../domain/mistake.ts';
import { runRow } from '../../report/history-json.ts';
import { resultJson } from '../../report/json.ts';
import { resultOf } from '../../report/result.ts';
import { inFields } from '../field-mistake.ts';
import { Refused } from '../problem.ts';
import type { RunHub } from '../run-hub.ts';
import { runOf } from '../run-of.ts';
import { eventsResponse } from './events-response.ts';
import { notHere, seatNotAsked } from './not-cancelled.ts';
import { invalid, jsonBody, jsonOf, problems } from './open-api.ts';
import { boundsOfRequest, runRequest, taskOfRequest } from './run-request.ts';
import { cancelled, redecided, runDetail, runList, startedRun } from './schemas.ts';
import type { RunDetail, RunRequest, StartedView } from './shapes.ts';

/** The most runs that one list shows. */
const listMaxCount = 500;

const oneRun = z.object({
  id: z.string().min(1).max(64).describe('The id of a run, or how it begins'),
});

const start = createRoute({
  method: 'post',
  path: '/',
  summary: 'Begins a run',
  request: { body: jsonBody(runRequest) },
  responses: { 201: jsonOf(startedRun, 'The run goes on'), ...problems },
});

const list = createRoute({
  method: 'get',
  path: '/',
  summary: 'Lists runs, the newest first',
  request: {
    query: z.object({
      text: z.string().max(1000).optional().describe('Letters that the task has'),
      status: z.enum(runStates).optional(),
      category: z.string().max(200).optional(),
      since: z.iso.datetime().optional(),
      before: z.iso.datetime().optional(),
      limit: z.coerce.number().int().min(1).max(listMaxCount).default(50),
    }),
  },
  responses: { 200: jsonOf(runList, 'Runs'), ...problems },
});

const get = createRoute({
  method: 'get',
  path: '/{id}',
  summary: 'Gives a run, with its result where it has ended',
  request: { params: oneRun },
  responses: { 200: jsonOf(runDetail, 'The run'), ...problems },
});

const events = createRoute({
  method: 'get',
  path: '/{id}/events',
  summary: 'Tells a run from its beginning to its end, as server-sent events',
  request: { params: oneRun, headers: z.object({ 'last-event-id': z.string().optional() }) },
  responses: {
    200: {
      description: 'Events `event`, `text`, `reset` and `end`',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    ...problems,
  },
});

const cancel = createRoute({
  method: 'post',
  path: '/{id}/cancel',
  summary: 'Ends a run, or what is asked of one of its seats',
  request: { params: oneRun, query: z.object({ seat: z.string().max(64).optional() }) },
  responses: { 202: jsonOf(cancelled, 'It is being ended'), ...problems },
});

const resume = createRoute({
  method: 'post',
  path: '/{id}/resume',
  summary: 'Goes on with a run that was interrupted',
  request: { params: oneRun },
  responses: { 202: jsonOf(startedRun, 'The run goes on'), ...problems },
});

const again = createRoute({
  method: 'post',
  path: '/{id}/redecide',
  summary: 'Decides a run again from its kept answers, asking nobody',
  request: { params: oneRun },
  responses: { 200: jsonOf(redecided, 'What came of it'), ...problems },
});

const remove = createRoute({
  method: 'delete',
  path: '/{id}',
  summary: 'Deletes a run for good, by its whole id',
  request: { params: oneRun },
  responses: { 204: { description: 'It is gone' }, ...problems },
});

/** The part of the API that begins, shows and ends runs. */
export function runsApi(app: App, hub: RunHub): OpenAPIHono {
  const api = new OpenAPIHono({ defaultHook: invalid });
  const found = async (id: string): Promise<string> => findRun(await app.history(), id);
  api.openapi(start, async (context) => {
    const request = context.req.valid('json');
    const task = await taskOfRequest(request, app);
    const refuse = blaming(request);
    // A run that cannot be planned is refused before there is one.
    await app.route(task).catch(refuse);
    const { id } = await hub.start(task, boundsOfRequest(request)).catch(refuse);
    return context.json(startedView(id), 201, { location: `/api/runs/${id}` });
  });
  api.openapi(list, async (context) => {
    const { status, since, before, ...query } = context.req.valid('query');
    const runs = await (await app.history()).list({
      ...query,
      ...(status && { states: [status] }),
      ...(since && { sinceMs: Date.parse(since) }),
      ...(before && { beforeMs: Date.parse(before) }),
    });
    return context.json({ runs: runs.map(runRow) }, 200);
  });
  api.openapi(get, async (context) =>
    context.json(await detail(app, await found(context.req.valid('param').id)), 200),
  );
  api.openapi(events, async (context) => {
    const id = await found(context.req.valid('param').id);
    const after = context.req.header('last-event-id');
    return eventsResponse(context, (signal) => hub.follow(id, after, signal));
  });
  api.openapi(cancel, async (context) => {
    const id = await found(context.req.valid('param').id);
    const { seat } = context.req.valid('query');
    const cancelling = hub.cancel(id, seat);
    if (cancelling === 'not-here') throw new Refused(await notHere(id, app));
    if (cancelling === 'not-asked') throw new Refused(seatNotAsked(id, seat ?? ''));
    return context.json({ cancelled: true as const }, 202);
  });
  api.openapi(resume, async (context) => {
    const { id } = await hub.resume(await found(context.req.valid('param').id));
    return context.json(startedView(id), 202);
  });
  api.openapi(again, async (context) => {
    const id = await found(context.req.valid('param').id);
    const kept = (await (await app.history()).events(id)) ?? [];
    if (kept.at(-1)?.type !== 'run-ended') {
      throw new OrchestratorError('run-in-use', `Cannot decide run ${id} again: it has not ended`);
    }
    return context.json(redecide(recordOf(id, kept)), 200);
  });
  api.openapi(remove, async (context) => {
    const { id: named } = context.req.valid('param');
    const id = await found(named);
    if (id !== named) throw notWhole(named, id);
    const removed = await (await app.history()).remove([id]);
    if (removed.length > 0) return context.body(null, 204);
    // Another request may have been faster.
    await found(id);
    throw new OrchestratorError('run-in-use', `Cannot delete run ${id}: it goes on`);
  });
  return api;
}

/** Which fields of a request a misuse can lie in. */
const blamed: { readonly [Code in MistakeCode]?: readonly (keyof RunRequest)[] } = {
  'unknown-model': ['models', 'validators', 'samples'],
  'budget-exceeded': ['max_cost', 'max_tokens'],
};

/** Makes what throws a misuse on, with those of its fields that the request sets. */
function blaming(request: RunRequest): (error: unknown) => never {
  return (error) => {
    const { code = undefined } = error instanceof OrchestratorError ? error : {};
    const fields = (code && blamed[code]) ?? [];
    return inFields(...fields.filter((field) => request[field] !== undefined))(error);
  };
}

function notWhole(named: string, id: string): OrchestratorError {
  const wanted = `found ${id}, wanted its whole id, as nothing brings it back`;
  return new OrchestratorError('bad-usage', `Cannot delete run "${named}": ${wanted}`);
}

function startedView(id: string): StartedView {
  return { id, events: `/api/runs/${id}/events` };
}

async function detail(app: App, id: string): Promise<RunDetail> {
  const store = await app.history();
  const kept = (await store.events(id)) ?? [];
  const run = await runOf(store, id, kept);
  if (!run) {
    throw new OrchestratorError('unknown-run', `Cannot show run ${id}: it was deleted`);
  }
  const hasEnded = kept.at(-1)?.type === 'run-ended';
  const record = hasEnded ? recordOf(id, kept) : undefined;
  const result = record && resultJson(resultOf(record, { replay: app.isReplay(record) }));
  return { run: runRow(run), result: result ?? null };
}
