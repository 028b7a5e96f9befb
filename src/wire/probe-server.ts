import type { Availability, Probe, ProbeContext, Reach } from '../domain/availability.ts';
import type { Clock } from '../domain/clock.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import type { HttpReceiver } from '../lib/http-client.ts';
import { failureOfResponse } from './failure-of-response.ts';
import type { Server } from './open-server.ts';
import { offlineReach, timedReach } from './reach-server.ts';
import { redactFailure } from './redact.ts';

/** Characters of the reply that are looked at. */
const replyMaxLength = 4_096;

/** Asks the server for its list of models: how long it takes, and whether the key is taken. */
export async function probeServer(
  server: Server,
  clock: Clock,
  { offline, signal }: ProbeContext,
): Promise<Probe> {
  const untried = server.hasKey ? 'key' : 'not-needed';
  const availability: Availability = { status: 'available', where: server.where };
  const common = { availability, version: null, signedIn: untried, startMs: null } as const;
  if (offline) return { ...common, reach: offlineReach };
  const reply = new Reply();
  const { client, headers, where } = server;
  const request = { client, headers, where, path: '/models', asked: 'the list of models' };
  const reach = await timedReach({ ...request, receiver: reply }, { clock }, signal);
  if (reach.status !== 'reached') return { ...common, reach: redacted(reach, server) };
  const failure = reply.failure(clock.now());
  // A server without a list of models can be asked all the same; only a refused key tells against it.
  if (failure?.kind === 'unauthorized') return { ...common, ...refused(server, failure), reach };
  return { ...common, signedIn: server.hasKey && !failure ? 'yes' : untried, reach };
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

function refused(
  { secrets }: Server,
  failure: AttemptFailure,
): Pick<Probe, 'availability' | 'signedIn'> {
  return {
    availability: {
      status: 'unavailable',
      kind: 'not-signed-in',
      message: redactFailure(failure, secrets).message,
      remedy: 'Check the API key',
    },
    signedIn: 'no',
  };
}

function redacted(reach: Reach, { secrets }: Server): Reach {
  if (reach.status !== 'unreachable') return reach;
  const { message } = redactFailure({ kind: 'network', message: reach.message }, secrets);
  return { ...reach, message };
}
