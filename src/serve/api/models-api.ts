import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { App } from '../../app/app.ts';
import { invalid, jsonBody, jsonOf, problems } from './open-api.ts';
import { runRequest, taskOfRequest } from './run-request.ts';
import { modelList, routePreview } from './schemas.ts';
import { modelView, routeView } from './views.ts';

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

/** The part of the API that tells what a run could ask. */
export function modelsApi(app: App): OpenAPIHono {
  const api = new OpenAPIHono({ defaultHook: invalid });
  api.openapi(models, async (context) =>
    context.json({ models: (await app.models()).map(modelView) }, 200),
  );
  api.openapi(route, async (context) => {
    const task = await taskOfRequest(context.req.valid('json'), app);
    return context.json(routeView(await app.route(task)), 200);
  });
  return api;
}
