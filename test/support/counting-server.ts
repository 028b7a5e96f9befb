import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** One request to a model. */
export interface CountedCall {
  /** The model and what it was told: the same for a call that is made again. */
  readonly key: string;
  readonly model: string;
  /** Everything that it was told, as JSON. */
  readonly prompt: string;
  readonly begunMs: number;
  /** When its answer was sent whole; undefined while it was not. */
  answeredMs?: number;
  /** When its connection had nothing more of it; undefined while it had. */
  endedMs?: number;
}

/** A server of models that answers after a while and remembers who asked what. */
export interface CountingServer extends AsyncDisposable {
  readonly baseUrl: string;
  readonly calls: readonly CountedCall[];
  /** Resolves when so many calls have begun. */
  begunAtLeast(count: number): Promise<void>;
}

/** Milliseconds within which calls are answered. */
export interface Latency {
  readonly fromMs: number;
  readonly toMs: number;
  /** Before it, none is answered. */
  readonly held?: Promise<void>;
}

/** An answer in a language that is not run, so that nothing depends on this machine. */
const answer = 'Here it is:\n\n```ruby\ndef add(a, b)\n  a + b\nend\n```\n';

/** Starts the server; how long a call takes is made of what it asks, so that it is the same each time. */
export async function countingServer({ fromMs, toMs, held }: Latency): Promise<CountingServer> {
  const calls: CountedCall[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const { model = '', messages } = Object(JSON.parse(await text(request)));
    const prompt = JSON.stringify(messages);
    const digest = createHash('sha256')
      .update(JSON.stringify([model, prompt]))
      .digest();
    const key = digest.toString('base64');
    const call: CountedCall = { key, model, prompt, begunMs: Date.now() };
    calls.push(call);
    for (const look of waiting) look();
    const latencyMs = fromMs + (digest.readUInt16BE() / 65_536) * (toMs - fromMs);
    response.on('close', () => {
      call.endedMs = Date.now();
      if (response.writableFinished) call.answeredMs = Date.now();
    });
    await held;
    setTimeout(() => response.destroyed || send(response, model), latencyMs);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = Object(server.address());
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    calls,
    begunAtLeast: (wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (calls.length < wanted) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The calls that were made again though the server had sent a whole answer. */
export function repeatedCalls(calls: readonly CountedCall[]): readonly CountedCall[] {
  const answered = new Map<string, number>();
  for (const { key, answeredMs = Number.POSITIVE_INFINITY } of calls) {
    answered.set(key, Math.min(answeredMs, answered.get(key) ?? Number.POSITIVE_INFINITY));
  }
  return calls.filter(({ key, begunMs }) => begunMs > (answered.get(key) ?? begunMs));
}

/**
 * The most calls at once, where a call without an answer ended when its worker was killed: the server hears of that a
 * moment later, and others may be let in before.
 */
export function mostAtOnce(calls: readonly CountedCall[], killedMs: number): number {
  const changes = calls.flatMap(({ begunMs, answeredMs = Math.max(begunMs, killedMs) }) => [
    { atMs: begunMs, by: 1 },
    { atMs: answeredMs, by: -1 },
  ]);
  let open = 0;
  let most = 0;
  for (const { by } of changes.toSorted((a, b) => a.atMs - b.atMs || a.by - b.by)) {
    open += by;
    most = Math.max(most, open);
  }
  return most;
}

function send(response: ServerResponse, model: string): void {
  const chunk = (choice: object): string =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 0, model, choices: [{ index: 0, ...choice }] })}\n\n`;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(chunk({ delta: { role: 'assistant', content: answer }, finish_reason: null }));
  response.end(`${chunk({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`);
}
