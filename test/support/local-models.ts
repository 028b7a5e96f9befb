import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';

/** A model server as people run it on their own machine. */
export interface LocalModels {
  readonly port: number;
  /** What was asked for, as `GET /v1/models`. */
  readonly requests: readonly string[];
  /** The most prompts that it had at once. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

/** Starts a server that lists models and answers any prompt with some Python. */
export async function localModels(ids: readonly string[]): Promise<LocalModels> {
  const requests: string[] = [];
  let inside = 0;
  let most = 0;
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (request.method === 'GET') {
      return void response.end(JSON.stringify({ object: 'list', data: ids.map((id) => ({ id })) }));
    }
    inside += 1;
    most = Math.max(most, inside);
    void text(request).then(async (body) => {
      // Whoever does not wait for its turn is here by then.
      for (let turn = 0; turn < 100; turn++) await setImmediate();
      inside -= 1;
      answer(JSON.parse(body).model, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    requests,
    mostAtOnce: () => most,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(model: unknown, response: ServerResponse): void {
  const content = '```python\ndef add(a, b):\n    return a + b\n```\n';
  const choices = [{ index: 0, delta: { content }, finish_reason: 'stop' }];
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(`data: ${JSON.stringify({ model, choices })}\n\ndata: [DONE]\n\n`);
}
