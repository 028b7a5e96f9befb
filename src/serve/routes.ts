import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import type { App } from '../app/app.ts';
import type { Clock } from '../domain/clock.ts';
import type { Prometheus } from '../telemetry/prometheus.ts';
import { modelsApi } from './api/models-api.ts';
import { runsApi } from './api/runs-api.ts';
import { hostGuard } from './guard/host-guard.ts';
import { jsonGuard } from './guard/json-guard.ts';
import { methodGuard } from './guard/method-guard.ts';
import { pageHeaders } from './guard/page-headers.ts';
import { rateGuard } from './guard/rate-guard.ts';
import { type RequestLine, requestTeller } from './guard/request-teller.ts';
import { streamGuard } from './guard/stream-guard.ts';
import { tokenGuard } from './guard/token-guard.ts';
import type { McpHttp } from './mcp/mcp-http.ts';
import { openAiErrors } from './openai/openai-error.ts';
import { openAiRoutes } from './openai/openai-routes.ts';
import { pageResponse } from './page/page-response.ts';
import type { PageFiles } from './page/read-page.ts';
import { problemOf, problemResponse, unexpected } from './problem.ts';
import type { RunHub } from './run-hub.ts';
import { serviceName } from './service-name.ts';

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
  /** Is told of each request. */
  readonly onRequest: ((line: RequestLine) => void) | undefined;
  /** Is told of what was not expected. */
  readonly onDefect: ((error: unknown) => void) | undefined;
  /** What `/metrics` shows; without it there is none. */
  readonly prometheus: Prometheus | undefined;
  /** Undefined where the page is not built. */
  readonly page: PageFiles | undefined;
}

/** Everything that the server answers. What is not for everybody lies behind the token. */
export function routes(parts: ServerParts): OpenAPIHono {
  const { app, hub, clock, hosts, token, version, rate, prometheus } = parts;
  const streams = streamGuard(parts.streams);
  const root = new OpenAPIHono();
  root.onError((error) => {
    const problem = problemOf(error);
    if (problem.code === unexpected) parts.onDefect?.(error);
    return problemResponse(problem);
  });
  root.notFound(({ req }) => pageResponse(parts.page, req.raw) ?? nothingHere());
  if (parts.onRequest) root.use(requestTeller(parts.onRequest, clock));
  root.use('/v1/*', openAiErrors());
  root.use(hostGuard(hosts), pageHeaders(), methodGuard(root));
  root.get('/healthz', (context) =>
    context.json({ status: 'ok', service: serviceName, runs: hub.count() }),
  );

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
  root.use('/v1/*', ...guarded);
  root.use('/api/runs/:id/events', streams.handler);
  root.route('/api/runs', runsApi(app, hub));
  root.route('/api', modelsApi(app));
  root.route('/v1', openAiRoutes({ app, hub }, clock));
  root.use('/mcp', ...guarded);
  root.all('/mcp', (context) => parts.mcp.fetch(context.req.raw));
  if (prometheus) {
    root.use('/metrics', ...guarded);
    root.get('/metrics', async (context) => {
      const text = await prometheus.text({ runs: hub.count, streams: streams.open });
      return context.body(text, 200, { 'content-type': prometheus.contentType });
    });
  }
  if (token !== undefined) {
    const scheme = { type: 'http', scheme: 'bearer' } as const;
    root.openAPIRegistry.registerComponent('securitySchemes', 'token', scheme);
  }
  root.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Multi-Model Orchestrator', version },
    ...(token !== undefined && { security: [{ token: [] }] }),
  });
  return root;
}

function nothingHere(): Response {
  return problemResponse({ status: 404, code: 'not-found', detail: 'Nothing is here' });
}
