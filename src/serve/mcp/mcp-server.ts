import { type CallToolResult, McpServer, type ServerContext } from '@modelcontextprotocol/server';
import type { App } from '../../app/app.ts';
import { findRun } from '../../app/find-run.ts';
import { recordOf } from '../../app/record-of.ts';
import type { Clock } from '../../domain/clock.ts';
import type { RunRecord } from '../../domain/run-record.ts';
import { modelJson } from '../../report/models-json.ts';
import { resultOf } from '../../report/result.ts';
import { boundsOfRequest, taskOfRequest } from '../api/run-request.ts';
import { modelList, routePreview } from '../api/schemas.ts';
import { routeView } from '../api/views.ts';
import { problemOf } from '../problem.ts';
import { progressOf } from '../progress-of.ts';
import type { RunHub } from '../run-hub.ts';
import { runOf } from '../run-of.ts';
import { endedOutput, openOutput } from './run-output.ts';
import {
  getRunInput,
  type RunOutput,
  type RunTaskInput,
  routeTaskInput,
  runOutput,
  runTaskInput,
} from './schemas.ts';

/** What the tools work on. */
export interface McpPlace {
  readonly app: App;
  readonly hub: RunHub;
  readonly clock: Clock;
  readonly version: string;
  /** Why no run may be begun from here; undefined where one may. */
  readonly refusal: string | undefined;
}

/** Makes a server of the Model Context Protocol with the tools of the product, for one connection. */
export function mcpServer(place: McpPlace): McpServer {
  const { app, version } = place;
  const server = new McpServer(
    { name: 'multi-model-orchestrator', title: 'Multi-Model Orchestrator', version },
    {
      instructions: 'Asks several models one coding task, runs their answers, and gives one back.',
    },
  );
  server.registerTool(
    'run_task',
    {
      title: 'Run a coding task',
      description:
        'Asks several models the same coding task at once, runs their answers against tests, and gives one answer with the evidence for it. It costs model calls and can take minutes.',
      inputSchema: runTaskInput,
      outputSchema: runOutput,
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: true },
    },
    (input, context) => told(() => runTask(input, place, context)),
  );
  server.registerTool(
    'get_run',
    {
      title: 'Get a run',
      description: 'Gives a run by its id, also one that another call began and that goes on.',
      inputSchema: getRunInput,
      outputSchema: runOutput,
      annotations: { readOnlyHint: true },
    },
    (input, context) =>
      told(async () => {
        const id = await findRun(await app.history(), input.run_id);
        return awaited(id, input.wait_seconds, { place, context });
      }),
  );
  server.registerTool(
    'route_task',
    {
      title: 'Preview a route',
      description: 'Tells which models would be asked for a task, and why. Asks nobody.',
      inputSchema: routeTaskInput,
      outputSchema: routePreview,
      annotations: { readOnlyHint: true },
    },
    (input) =>
      told(async () => {
        const task = await taskOfRequest(input, app);
        const plan = await app.route(task);
        return routeView(plan, app.estimate(task, plan));
      }),
  );
  server.registerTool(
    'list_models',
    {
      title: 'List models',
      description: 'Lists the models that can be asked here, and why the others cannot.',
      outputSchema: modelList,
      annotations: { readOnlyHint: true },
    },
    () => told(async () => ({ models: (await app.models()).map(modelJson) })),
  );
  return server;
}

async function runTask(
  { wait_seconds, ...request }: RunTaskInput,
  place: McpPlace,
  context: ServerContext,
): Promise<RunOutput> {
  const { app, hub, refusal } = place;
  if (refusal !== undefined) throw new Refused(refusal);
  const task = await taskOfRequest(request, app);
  await app.route(task);
  const { id, record } = await hub.start(task, boundsOfRequest(request));
  let ended: RunRecord | undefined;
  // A misuse that shows later is told by the history.
  record.then(
    (each) => {
      ended = each;
    },
    () => undefined,
  );
  const cancel = (): void => {
    hub.cancel(id);
  };
  const { signal } = context.mcpReq;
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });
  try {
    return await awaited(id, wait_seconds, { place, context, ended: () => ended });
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

interface Waiting {
  readonly place: McpPlace;
  readonly context: ServerContext;
  /** The run, once it has ended here: the history may not have kept all of it. */
  readonly ended?: () => RunRecord | undefined;
}

/** Waits for a run, telling its progress, and gives what there is of it then. */
async function awaited(
  id: string,
  waitSeconds: number,
  { place, context, ended }: Waiting,
): Promise<RunOutput> {
  const { app, hub, clock } = place;
  const over = new AbortController();
  const stop = clock.after(waitSeconds * 1000, () => over.abort());
  const signal = AbortSignal.any([over.signal, context.mcpReq.signal]);
  const tell = progressTeller(id, context);
  try {
    if (waitSeconds > 0) {
      await tell(`run ${id}`);
      for await (const lines of progressOf(hub.follow(id, undefined, signal))) {
        for (const line of lines.trimEnd().split('\n')) await tell(line);
      }
    }
  } finally {
    stop();
  }
  const store = await app.history();
  const events = (await store.events(id)) ?? [];
  const kept = events.at(-1)?.type === 'run-ended' ? recordOf(id, events) : undefined;
  const record = ended?.() ?? kept;
  if (!record) {
    const run = await runOf(store, id, events);
    return openOutput(id, run?.state ?? 'interrupted');
  }
  return endedOutput(resultOf(record, { replay: app.isReplay(record) }));
}

/** Tells lines as progress where the client asked for it; the number is that of the line. */
function progressTeller(id: string, { mcpReq }: ServerContext): (line: string) => Promise<void> {
  const token = mcpReq._meta?.progressToken;
  let progress = 0;
  return async (line) => {
    if (token === undefined || mcpReq.signal.aborted) return;
    progress += 1;
    const params = { progressToken: token, progress, message: `${id}: ${line}` };
    await mcpReq.notify({ method: 'notifications/progress', params });
  };
}

/** A run that may not be begun from here. */
class Refused extends Error {}

/** Gives what a tool made as text and as data; a misuse is an error that the model can read. */
async function told(make: () => Promise<object>): Promise<CallToolResult> {
  try {
    const made = await make();
    const text = 'answer' in made && typeof made.answer === 'string' ? made.answer : undefined;
    const shown = text ?? JSON.stringify(made, null, 2);
    // What a tool makes has the shape of its schema, which the protocol's type does not know.
    const structuredContent = made as CallToolResult['structuredContent'];
    return { content: [{ type: 'text', text: shown }], structuredContent };
  } catch (error) {
    const { detail, hint } = problemOf(error);
    const why = error instanceof Refused ? error.message : detail;
    const text = hint === undefined ? why : `${why}. ${hint}`;
    return { content: [{ type: 'text', text }], isError: true };
  }
}
