import { serviceName } from '../serve/service-name.ts';

/** Milliseconds in which a server of this machine answers. */
const answerMaxMs = 2_000;

/** A server that runs already. */
export interface FoundServer {
  readonly url: string;
  /** Whether it has the run: its history can be another one. */
  has(run: string): Promise<boolean>;
}

/** Looks for a server of this program at an address of this machine; undefined where there is none. */
export async function runningServer(
  url: string,
  token: string | undefined,
): Promise<FoundServer | undefined> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await look(`${url}/healthz`, {});
  const said: unknown = await answer?.json().catch(() => undefined);
  const { service } = Object(said) as { readonly service?: unknown };
  if (!answer?.ok || service !== serviceName) return undefined;
  return {
    url,
    has: async (run) => (await look(`${url}/api/runs/${run}`, headers))?.ok === true,
  };
}

/** Whether a server of this program serves the page. */
export async function servesPage(url: string): Promise<boolean> {
  const answer = await look(`${url}/`, {});
  const type = answer?.headers.get('content-type') ?? '';
  return answer?.ok === true && type.startsWith('text/html');
}

async function look(url: string, headers: Record<string, string>): Promise<Response | undefined> {
  const signal = AbortSignal.timeout(answerMaxMs);
  return fetch(url, { headers, signal, redirect: 'error' }).catch(() => undefined);
}
