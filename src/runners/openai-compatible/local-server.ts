import type { Availability, Reach, Unavailable } from '../../domain/availability.ts';
import type { LocalServerModel } from '../../domain/local-server.ts';
import type { Outcome, Runner } from '../../domain/runner.ts';
import type { RunnerTools } from '../../domain/runner-settings.ts';
import { httpRunner } from '../../wire/http-runner.ts';
import { openAiChat } from '../../wire/openai-chat.ts';
import { type Listing, listModels, localUrl, lookMs } from './list-models.ts';

/** Makes the runner of a model server on this machine, which needs no configuration. */
export function localServer(name: string, asked: LocalServerModel, tools: RunnerTools): Runner {
  const look = (): Promise<Listing> => listModels(asked.port, tools.clock);
  let first: string | undefined;
  const available = async (): Promise<Availability> => {
    const listing = await look();
    if (listing.status === 'found') first = listing.models[0];
    return availabilityOf(listing, asked);
  };
  const runnerOf = (model: string): Runner =>
    httpRunner(
      name,
      {
        format: openAiChat(),
        baseUrl: localUrl(asked.port),
        model,
        maxOutputTokens: undefined,
        key: undefined,
      },
      tools,
    );
  return {
    name,
    streaming: true,
    available,
    ask: async (prompt, context) => {
      const availability = (asked.model ?? first) ? undefined : await available();
      const model = asked.model ?? first;
      if (model !== undefined) return runnerOf(model).ask(prompt, context);
      return notAsked(availability);
    },
    probe: async () => {
      const startedMs = tools.clock.elapsed();
      const availability = await available();
      const answered = availability.status === 'available' || availability.kind !== 'not-installed';
      const latencyMs = tools.clock.elapsed() - startedMs;
      const reach = reachOf(answered ? { address: localUrl(asked.port), latencyMs } : undefined);
      return { availability, version: null, signedIn: 'not-needed', startMs: null, reach };
    },
  };
}

/** It is on this machine, so that it is asked in any case. */
function reachOf(
  answer: { readonly address: string; readonly latencyMs: number } | undefined,
): Reach {
  if (answer) return { status: 'reached', asked: 'the list of models', ...answer };
  return { status: 'not-tried', because: 'it was not found' };
}

function notAsked(availability: Availability | undefined): Outcome {
  const { kind, message }: Pick<Unavailable, 'kind' | 'message'> =
    availability?.status === 'unavailable'
      ? availability
      : { kind: 'bad-usage', message: 'The server names no model' };
  return { status: 'failed', failure: { kind, message } };
}

function availabilityOf(listing: Listing, { server, port, model }: LocalServerModel): Availability {
  const where = localUrl(port);
  if (listing.status === 'absent') {
    return {
      status: 'unavailable',
      kind: 'not-installed',
      message: `No model server answered at ${where} within ${lookMs} ms`,
      remedy: `Start ${server}, or declare where it is under "runners" in the configuration`,
    };
  }
  if (listing.status === 'locked') {
    return {
      status: 'unavailable',
      kind: 'not-signed-in',
      message: `The server at ${where} wants an API key`,
      remedy: 'Declare it as a runner of type "openai-compatible" with an apiKeyEnv',
    };
  }
  if (listing.models.length > 0 || model !== undefined) return { status: 'available', where };
  return {
    status: 'unavailable',
    kind: 'bad-usage',
    message: `The server at ${where} has no model`,
    remedy: `Load a model into ${server}`,
  };
}
