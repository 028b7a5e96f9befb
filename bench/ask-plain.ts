import { Agent, request } from 'node:http';

/** A way to ask the benchmark's server. */
export interface Asker {
  /** Resolves when the answer is whole or the signal has aborted; `onText` hears every delta. */
  ask(folder: string, signal: AbortSignal, onText: () => void): Promise<void>;
}

/** The least that asking can be: node:http, a split at empty lines, JSON.parse, and no care for faults. */
export function plain(origin: string): Asker {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(origin);
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({
    model: 'bench',
    messages: [{ role: 'user', content: 'Say hello' }],
    stream: true,
  });
  return {
    ask: (folder, signal, onText) =>
      new Promise((resolve) => {
        const path = `/${folder}/v1/chat/completions`;
        const asked = request({ agent, hostname, port, path, method: 'POST', headers, signal });
        asked.on('error', () => resolve());
        asked.on('response', (response) => {
          const read = reader(onText);
          response.setEncoding('utf8').on('data', read);
          response.on('error', () => resolve());
          response.on('end', () => resolve());
        });
        asked.end(body);
      }),
  };
}

function reader(onText: () => void): (chunk: string) => void {
  let rest = '';
  const answer: string[] = [];
  return (chunk) => {
    const events = (rest + chunk).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      if (event === 'data: [DONE]') continue;
      const text = JSON.parse(event.slice(6)).choices[0]?.delta.content;
      if (!text) continue;
      answer.push(text);
      onText();
    }
  };
}
