import { serviceName } from '../serve/service-name.ts';

/** Milliseconds in which a server of this machine answers. */
const answerMaxMs = 2_000;

/** A server that runs already. */
export interface FoundServer {
  readonly url: string;
  /** Whether it has the run: its history can be another one. One that asks for a token says nothing. */
  has(run: string): Promise<boolean>;
}

/**
 * Looks for a server of this program at an address of this machine; undefined where there is none. It is given no
 * token: any program of this machine can listen there and say that it is ours.
 */
export async function runningServer(url: string): Promise<FoundServer | undefined> {
  const answer = await look(`${url}/healthz`);
  const said: unknown = await answer?.json().catch(() => undefined);
  const { service } = Object(said) as { readonly service?: unknown };
  if (!answer?.ok || service !== serviceName) return undefined;
  return {
    url,
    has: async (run) => (await look(`${url}/api/runs/${run}`))?.ok === true,
  };
}

/** Whether a server of this program serves the page. */
export async function servesPage(url: string): Promise<boolean> {
  const answer = await look(`${url}/`);
  const type = answer?.headers.get('content-type') ?? '';
  return answer?.ok === true && type.startsWith('text/html');
}

async function look(url: string): Promise<Response | undefined> {
  const signal = AbortSignal.timeout(answerMaxMs);
  return fetch(url, { signal, redirect: 'error' }).catch(() => undefined);
}
