import type { ProbeContext, Reach } from '../domain/availability.ts';
import type { RunnerTools } from '../domain/runner-settings.ts';
import {
  type HttpClient,
  type HttpEnd,
  type HttpReceiver,
  httpClient,
} from '../lib/http-client.ts';
import { failureOfEnd } from './failure-of-end.ts';

/** Milliseconds for a server to answer. */
const reachMs = 3_000;
/** What a proxy answers in place of a server that it does not reach. */
const statusesOfProxies: readonly number[] = [407, 502, 504];
const remedy = 'Check the connection, the proxy and the base URL, and that the server runs';

/** Why no server is asked. */
export const offlineReach: Reach = { status: 'not-tried', because: '--offline' };

/** One request, and what takes its answer in. */
export interface ReachRequest {
  readonly client: HttpClient;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly receiver: HttpReceiver;
  /** The address, without secrets. */
  readonly where: string;
  /** What is asked for, in words. */
  readonly asked: string;
}

/** Asks a server for its base URL, without a key: whatever it answers, it is there. Never rejects. */
export async function reachServer(
  baseUrl: string,
  tools: RunnerTools,
  { offline, signal }: ProbeContext,
): Promise<Reach> {
  if (offline) return offlineReach;
  const url = URL.parse(baseUrl);
  if (!url || !/^https?:$/.test(url.protocol)) {
    return unreachable('The base URL does not begin with http:// or https://');
  }
  const where = url.origin + url.pathname.replace(/\/+$/, '');
  let seen = 0;
  const request: ReachRequest = {
    client: httpClient(url, { env: tools.env }),
    path: url.pathname === '/' ? '/' : '',
    headers: {},
    receiver: {
      head: (status) => {
        seen = status;
      },
      text: () => 'enough',
    },
    where,
    asked: 'a request without a key',
  };
  const reach = await timedReach(request, tools, signal);
  if (reach.status !== 'reached' || !statusesOfProxies.includes(seen)) return reach;
  return unreachable(`Cannot reach ${where}: a proxy or gateway answered with ${seen}`);
}

/** Sends one request within the time that a check has, and times it. Never rejects. */
export async function timedReach(
  { asked, client, headers, path, receiver, where }: ReachRequest,
  { clock }: Pick<RunnerTools, 'clock'>,
  signal: AbortSignal,
): Promise<Reach> {
  const timeUp = new AbortController();
  const stop = clock.after(reachMs, () => timeUp.abort());
  const startedMs = clock.elapsed();
  const both = AbortSignal.any([signal, timeUp.signal]);
  let latencyMs = 0;
  const timed: HttpReceiver = {
    head: (status, sent) => {
      latencyMs = clock.elapsed() - startedMs;
      receiver.head(status, sent);
    },
    text: (chunk) => receiver.text(chunk),
  };
  const end = await client.send({ method: 'GET', path, headers }, timed, both);
  stop();
  if (end.status === 'whole' || end.status === 'enough') {
    return { status: 'reached', address: where, asked, latencyMs };
  }
  return unreachable(
    timeUp.signal.aborted
      ? `No answer from ${where} within ${reachMs / 1000} s`
      : whyNot(end, where),
  );
}

function whyNot(
  end: Exclude<HttpEnd, { readonly status: 'whole' | 'enough' }>,
  where: string,
): string {
  return failureOfEnd(end, where).message;
}

function unreachable(message: string): Reach {
  return { status: 'unreachable', message, remedy };
}
