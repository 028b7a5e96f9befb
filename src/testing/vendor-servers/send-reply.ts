import type { ServerResponse } from 'node:http';
import { type Dialect, sseEvent } from './dialect.ts';
import { scriptedAnswer, type VendorReply } from './vendor-reply.ts';
import type { OpenRequest } from './vendor-request.ts';

/** Answers one request as scripted. */
export async function sendReply(
  open: OpenRequest,
  reply: VendorReply,
  dialect: Dialect,
): Promise<void> {
  const { response } = open;
  await pause(reply.latencyMs ?? 0, response);
  if (reply.fault === 'hang-before-headers') return;
  if (reply.fault === 'reset-before-headers') return open.reset();
  if (reply.fault === 'html') return sendPage(response);
  if (reply.body !== undefined) return sendText(response, reply, reply.body);
  if ((reply.status ?? 200) >= 300) return sendError(response, reply, dialect);
  const answer = scriptedAnswer(reply, modelOf(open.request));
  if (reply.plain || wantsDocument(open.request))
    return sendText(response, reply, JSON.stringify(dialect.document(answer)));
  response.writeHead(200, { 'content-type': 'text/event-stream', ...reply.headers });
  const events = dialect.events(answer);
  const isWhole = reply.fault === undefined;
  const sent = isWhole ? events : events.slice(0, Math.ceil(events.length / 2));
  await writeAll(response, sent, reply);
  await endStream(open, reply, dialect);
}

/** Whether a request says that it wants no stream. */
function wantsDocument({ body, path }: OpenRequest['request']): boolean {
  const isStream = typeof body !== 'object' || body === null || !('stream' in body) || body.stream;
  return isStream === false || /:generateContent(\?|$)/.test(path);
}

async function endStream(open: OpenRequest, reply: VendorReply, dialect: Dialect): Promise<void> {
  const { response } = open;
  switch (reply.fault) {
    case 'hang-in-stream':
      return;
    case 'reset':
      // What was written must have left before the connection is torn down, or the client sees none of it.
      await pause(20, response);
      return open.reset();
    case 'bad-json':
      response.end(sseEvent('{"choices": [{"delta'));
      return;
    case 'stream-error': {
      const { code, message = 'The engine is overloaded', status = 529 } = reply;
      const words = { status, message, code };
      response.end(dialect.errorEvent?.(words) ?? sseEvent(dialect.error(words), 'error'));
      return;
    }
    default:
      response.end();
  }
}

function sendPage(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<!doctype html><title>Sign in to the network</title><p>Please sign in.');
}

function sendText(response: ServerResponse, reply: VendorReply, text: string): void {
  response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
  response.end(text);
}

function sendError(response: ServerResponse, reply: VendorReply, dialect: Dialect): void {
  const { code, message = 'The vendor server was told to fail', status = 500 } = reply;
  sendText(response, reply, JSON.stringify(dialect.error({ status, message, code })));
}

/** The model is in the body, or with Google in the path. */
function modelOf({ body, path }: OpenRequest['request']): string {
  const asked = typeof body === 'object' && body !== null && 'model' in body ? body.model : '';
  return typeof asked === 'string' && asked !== ''
    ? asked
    : (/models\/([^:/]+):/.exec(path)?.[1] ?? 'model');
}

async function writeAll(
  response: ServerResponse,
  events: readonly string[],
  { gapMs = 0, writeBytes }: VendorReply,
): Promise<void> {
  const writes = writeBytes === undefined ? events : splitBytes(events.join(''), writeBytes);
  for (const piece of writes) {
    if (response.destroyed) return;
    await new Promise((resolve) => response.write(piece, resolve));
    await pause(gapMs, response);
  }
}

function splitBytes(text: string, length: number): readonly Buffer[] {
  const bytes = Buffer.from(text);
  const count = Math.ceil(bytes.length / length);
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * length, (index + 1) * length),
  );
}

/** Waits, but not for a client that is gone. */
function pause(durationMs: number, response: ServerResponse): Promise<void> {
  if (durationMs === 0 || response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      response.off('close', wake);
      resolve();
    };
    const timer = setTimeout(wake, durationMs);
    response.once('close', wake);
  });
}
