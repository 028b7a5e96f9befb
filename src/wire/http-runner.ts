import type { Availability, Unavailable } from '../domain/availability.ts';
import type { AskContext, Outcome, Prompt, Runner } from '../domain/runner.ts';
import type { RunnerTools } from '../domain/runner-settings.ts';
import { failureOfEnd } from './failure-of-end.ts';
import { type HttpModel, openServer, type Server } from './open-server.ts';
import { probeServer } from './probe-server.ts';
import { redactFailure } from './redact.ts';
import { ResponseReader } from './response-reader.ts';

/** Makes the runner of a model behind an HTTP server. */
export function httpRunner(name: string, model: HttpModel, tools: RunnerTools): Runner {
  const server = openServer(model, tools.env);
  if ('kind' in server) return unavailable(name, server);
  const available: Availability = { status: 'available', where: server.where };
  return {
    name,
    streaming: true,
    available: () => Promise.resolve(available),
    ask: async (prompt, context) => redacted(await ask(prompt, context, { server, tools }), server),
    probe: (context) => probeServer(server, tools.clock, context),
  };
}

interface Asked {
  readonly server: Server;
  readonly tools: RunnerTools;
}

async function ask(prompt: Prompt, context: AskContext, asked: Asked): Promise<Outcome> {
  const { client, format, headers, maxOutputTokens, model, where } = asked.server;
  const { system, text } = prompt;
  const reader = new ResponseReader(format, context.report);
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    ...format.request({ system, text, model, maxOutputTokens }),
  } as const;
  const end = await client.send(request, reader, context.signal);
  return end.status === 'whole' || end.status === 'enough'
    ? reader.outcome(asked.tools.clock.now())
    : { status: 'failed', failure: failureOfEnd(end, where) };
}

function redacted(outcome: Outcome, { secrets }: Server): Outcome {
  if (outcome.status === 'answered') return outcome;
  return { status: 'failed', failure: redactFailure(outcome.failure, secrets) };
}

function unavailable(name: string, why: Unavailable): Runner {
  const { kind, message } = why;
  return {
    name,
    streaming: true,
    available: () => Promise.resolve(why),
    ask: () => Promise.resolve({ status: 'failed', failure: { kind, message } }),
  };
}
