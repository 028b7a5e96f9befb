import type { Probe } from '../domain/availability.ts';
import type { Clock } from '../domain/clock.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import type { HttpReceiver } from '../lib/http-client.ts';
import { failureOfEnd } from './failure-of-end.ts';
import { failureOfResponse } from './failure-of-response.ts';
import type { Server } from './open-server.ts';
import { redactFailure } from './redact.ts';

/** Milliseconds for the whole probe. */
const probeMs = 5_000;
/** Characters of the reply that are looked at. */
const replyMaxLength = 4_096;

/** Asks the server for its list of models: how long it takes, and whether the key is taken. */
export async function probeServer(
  server: Server,
  clock: Clock,
  signal: AbortSignal,
): Promise<Probe> {
  const timeUp = new AbortController();
  const stop = clock.after(probeMs, () => timeUp.abort());
  const startedMs = clock.elapsed();
  const reply = new Reply();
  const request = { method: 'GET', path: '/models', headers: server.headers } as const;
  const both = AbortSignal.any([signal, timeUp.signal]);
  const end = await server.client.send(request, reply, both);
  stop();
  if (end.status === 'whole' || end.status === 'enough')
    return heard(server, reply.failure(clock.now()), clock.elapsed() - startedMs);
  const failure = timeUp.signal.aborted
    ? { message: `No answer from ${server.where} within ${probeMs / 1000} s` }
    : redactFailure(failureOfEnd(end, server.where), server.secrets);
  return unheard(failure.message);
}

/** The first part of a reply to the probe. */
class Reply implements HttpReceiver {
  #status = 0;
  #body = '';

  head(status: number): void {
    this.#status = status;
  }

  text(chunk: string): 'more' | 'enough' {
    this.#body += chunk;
    return this.#body.length < replyMaxLength ? 'more' : 'enough';
  }

  failure(nowMs: number): AttemptFailure | undefined {
    if (this.#status < 300) return undefined;
    return failureOfResponse({ status: this.#status, headers: {}, body: this.#body, nowMs });
  }
}

/** A server without a list of models can be asked all the same; only a refused key tells against it. */
function heard(server: Server, failure: AttemptFailure | undefined, latencyMs: number): Probe {
  if (failure?.kind === 'unauthorized') {
    return {
      availability: {
        status: 'unavailable',
        kind: 'not-signed-in',
        message: redactFailure(failure, server.secrets).message,
        remedy: 'Check the API key',
      },
      version: null,
      signedIn: false,
      latencyMs,
    };
  }
  return {
    availability: { status: 'available', where: server.where },
    version: null,
    signedIn: server.hasKey && !failure ? true : null,
    latencyMs,
  };
}

function unheard(message: string): Probe {
  return {
    availability: {
      status: 'unavailable',
      kind: 'bad-usage',
      message,
      remedy: 'Check the connection, the base URL, and that the server runs',
    },
    version: null,
    signedIn: null,
    latencyMs: null,
  };
}
