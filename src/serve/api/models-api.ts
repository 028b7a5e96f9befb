import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { App } from '../../app/app.ts';
import { demoTasks } from '../../app/demo.ts';
import { modelStats } from '../../app/model-stats.ts';
import { modelJson } from '../../report/models-json.ts';
import { statsRow } from '../../report/stats-json.ts';
import { invalid, jsonBody, jsonOf, problems } from './open-api.ts';
import { runRequest, taskOfRequest } from './run-request.ts';
import { exampleList, modelList, routePreview, runDefaults, statistics } from './schemas.ts';
import type { ExampleView } from './shapes.ts';
import { defaultsView, routeView } from './views.ts';

const models = createRoute({
  method: 'get',
  path: '/models',
  summary: 'Lists what can be asked here, and why not',
  responses: { 200: jsonOf(modelList, 'Models'), ...problems },
});

const route = createRoute({
  method: 'post',
  path: '/route',
  summary: 'Tells who would be asked, and why, asking nobody',
  request: { body: jsonBody(runRequest) },
  responses: { 200: jsonOf(routePreview, 'The route'), ...problems },
});

const defaults = createRoute({
  method: 'get',
  path: '/defaults',
  summary: 'Tells what holds for a run where a request leaves a field out',
  responses: { 200: jsonOf(runDefaults, 'The defaults'), ...problems },
});

const examples = createRoute({
  method: 'get',
  path: '/examples',
  summary: 'Lists the tasks that there are recordings of, where recordings answer; else none',
  responses: { 200: jsonOf(exampleList, 'Examples'), ...problems },
});

const stats = createRoute({
  method: 'get',
  path: '/statistics',
  summary: 'Tells how the models fared in the runs that are kept',
  request: {
    query: z.object({
      category: z.string().max(200).optional(),
      since: z.iso.datetime().optional(),
    }),
  },
  responses: { 200: jsonOf(statistics, 'Statistics'), ...problems },
});

/** The part of the API that tells what a run could ask. */
export function modelsApi(app: App): OpenAPIHono {
  const api = new OpenAPIHono({ defaultHook: invalid });
  api.openapi(models, async (context) =>
    context.json({ models: (await app.models()).map(modelJson) }, 200),
  );
  api.openapi(route, async (context) => {
    const task = await taskOfRequest(context.req.valid('json'), app);
    const plan = await app.route(task);
    return context.json(routeView(plan, app.estimate(task, plan)), 200);
  });
  api.openapi(defaults, (context) => context.json(defaultsView(app.settings), 200));
  api.openapi(examples, (context) => context.json({ examples: examplesOf(app) }, 200));
  api.openapi(stats, async (context) => {
    const { category, since } = context.req.valid('query');
    const sinceMs = since === undefined ? undefined : Date.parse(since);
    const rows = await modelStats(await app.history(), { category, sinceMs });
    return context.json({ models: rows.map(statsRow) }, 200);
  });
  return api;
}

function examplesOf({ settings }: App): ExampleView[] {
  const runners = Object.values(settings.runners);
  if (runners.length === 0 || runners.some(({ type }) => type !== 'replay')) return [];
  return demoTasks().map(({ title, text, mode, shows }) => ({ title, task: text, mode, shows }));
}
