import { randomBytes } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { App } from '../app/app.ts';
import type { Clock } from '../domain/clock.ts';
import { mcpServer } from './mcp/mcp-server.ts';
import { runHub } from './run-hub.ts';

/** What serving a client on two streams needs. */
export interface McpStdioOptions {
  readonly app: App;
  readonly clock: Clock;
  readonly version: string;
  readonly refusal: string | undefined;
  readonly input: Readable;
  readonly output: Writable;
  readonly onError: (error: Error) => void;
}

/** Serves one client until it closes its stream or the signal aborts, and leaves the runs that go on to be resumed. */
export async function serveMcp(options: McpStdioOptions, signal: AbortSignal): Promise<void> {
  const { app, clock, version, refusal, input, output, onError } = options;
  const hub = runHub({ app, clock, nonce: randomBytes(6).toString('hex') });
  const left = Promise.withResolvers<void>();
  // At once: the transport hears the same, and takes the end of a stream for a cancellation of every call.
  const leave = (): void => left.resolve(hub.close(AbortSignal.abort()));
  input.once('end', leave);
  input.once('close', leave);
  output.once('error', leave);
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  const handle = serveStdio(() => mcpServer({ app, hub, clock, version, refusal }), {
    transport: new StdioServerTransport(input, output),
    onerror: onError,
  });
  await left.promise;
  await handle.close();
}
