import type { Clock } from '../../domain/clock.ts';
import { type HttpReceiver, httpClient } from '../../lib/http-client.ts';

/** Milliseconds for a server of this machine to say what it has. */
export const lookMs = 250;
/** Bytes of a list of models, at most. */
const listMaxBytes = 1024 * 1024;
/** Models that a server lists and that answer no prompt. */
const noChat = /embed|rerank|whisper|\btts\b/i;

/** What was found at a local port. */
export type Listing =
  | { readonly status: 'found'; readonly models: readonly string[] }
  /** Somebody is there who wants a key. */
  | { readonly status: 'locked' }
  /** Nobody is there, or not a model server. */
  | { readonly status: 'absent' };

/** The base URL of a model server on this machine. */
export function localUrl(port: number): string {
  return `http://127.0.0.1:${port}/v1`;
}

/** Asks a port of this machine, through no proxy, for its list of models. Never rejects. */
export async function listModels(port: number, clock: Clock): Promise<Listing> {
  const timeUp = new AbortController();
  const stop = clock.after(lookMs, () => timeUp.abort());
  const reply = new Reply();
  const client = httpClient(new URL(localUrl(port)), { maxBytes: listMaxBytes });
  const request = { method: 'GET', path: '/models', headers: {} } as const;
  const end = await client.send(request, reply, timeUp.signal);
  stop();
  return end.status === 'whole' ? reply.listing() : { status: 'absent' };
}

class Reply implements HttpReceiver {
  #status = 0;
  #body = '';

  head(status: number): void {
    this.#status = status;
  }

  text(chunk: string): 'more' {
    this.#body += chunk;
    return 'more';
  }

  listing(): Listing {
    if (this.#status === 401 || this.#status === 403) return { status: 'locked' };
    const ids = this.#status === 200 ? idsIn(this.#body) : undefined;
    if (!ids) return { status: 'absent' };
    return { status: 'found', models: ids.filter((id) => !noChat.test(id)) };
  }
}

/** Ollama without any model says `"data": null`. */
function idsIn(body: string): readonly string[] | undefined {
  try {
    const { object, data }: { readonly object?: unknown; readonly data?: unknown } = Object(
      JSON.parse(body),
    );
    if (data === null && object === 'list') return [];
    if (!Array.isArray(data)) return undefined;
    return data.map((entry) => Object(entry).id).filter((id) => typeof id === 'string');
  } catch {
    return undefined;
  }
}
