import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import type { App } from '../app/app.ts';
import type { Clock } from '../domain/clock.ts';
import { modelsApi } from './api/models-api.ts';
import { runsApi } from './api/runs-api.ts';
import { hostGuard } from './guard/host-guard.ts';
import { jsonGuard } from './guard/json-guard.ts';
import { pageHeaders } from './guard/page-headers.ts';
import { rateGuard } from './guard/rate-guard.ts';
import { streamGuard } from './guard/stream-guard.ts';
import { tokenGuard } from './guard/token-guard.ts';
import type { McpHttp } from './mcp/mcp-http.ts';
import { openAiErrors } from './openai/openai-error.ts';
import { openAiRoutes } from './openai/openai-routes.ts';
import { problemOf, problemResponse } from './problem.ts';
import type { RunHub } from './run-hub.ts';

/** The most bytes of a request's body. */
const bodyMaxBytes = 16 * 1024 * 1024;

/** What a server is made of. */
export interface ServerParts {
  readonly app: App;
  readonly hub: RunHub;
  readonly mcp: McpHttp;
  readonly clock: Clock;
  /** The names under which it may be asked, without ports. */
  readonly hosts: ReadonlySet<string>;
  /** Undefined lets everybody in who reaches it. */
  readonly token: string | undefined;
  readonly version: string;
  /** Requests a minute. */
  readonly rate: number;
  /** The most event streams that are open at once. */
  readonly streams: number;
}

/** Everything that the server answers. What is not for everybody lies behind the token. */
export function routes(parts: ServerParts): OpenAPIHono {
  const { app, hub, clock, hosts, token, version, rate, streams } = parts;
  const root = new OpenAPIHono();
  root.onError((error) => problemResponse(problemOf(error)));
  root.notFound(() =>
    problemResponse({ status: 404, code: 'not-found', detail: 'Nothing is here' }),
  );
  root.use(hostGuard(hosts), pageHeaders());
  root.get('/healthz', (context) => context.json({ status: 'ok', runs: hub.count() }));

  const guarded = [
    ...(token === undefined ? [] : [tokenGuard(token, clock)]),
    rateGuard(rate, clock),
    jsonGuard(),
    bodyLimit({
      maxSize: bodyMaxBytes,
      onError: () => {
        const detail = `Cannot take more than ${bodyMaxBytes} bytes`;
        return problemResponse({ status: 413, code: 'body-too-large', detail });
      },
    }),
  ] as const;
  root.use('/api/*', ...guarded);
  root.use('/v1/*', openAiErrors(), ...guarded);
  root.use('/api/runs/:id/events', streamGuard(streams));
  root.route('/api/runs', runsApi(app, hub));
  root.route('/api', modelsApi(app));
  root.route('/v1', openAiRoutes({ app, hub }, clock));
  root.use('/mcp', ...guarded);
  root.all('/mcp', (context) => parts.mcp.fetch(context.req.raw));
  root.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Multi-Model Orchestrator', version },
  });
  return root;
}
