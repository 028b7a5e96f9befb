import type { Context } from 'hono';
import type { SSEStreamingApi } from 'hono/streaming';
import type { Mode } from '../../domain/mode.ts';
import { eventStream } from '../event-stream.ts';
import { type AskedRun, type AskPlace, askRun } from './ask-run.ts';
import { errorResponse, thrown } from './openai-error.ts';

/** What is asked, and where. */
export interface Asking {
  readonly place: AskPlace;
  readonly asked: { readonly task: string; readonly mode: Mode };
}

/** Begins a run and answers with a stream of it, which `tell` writes; a misuse is an answer of its own before it. */
export async function askedStream(
  context: Context,
  { place, asked }: Asking,
  tell: (run: AskedRun, stream: SSEStreamingApi) => Promise<void>,
): Promise<Response> {
  const gone = new AbortController();
  context.req.raw.signal.addEventListener('abort', () => gone.abort(), { once: true });
  try {
    const run = await askRun(asked, place, gone.signal);
    return eventStream(context, gone, (stream) => tell(run, stream));
  } catch (error) {
    return errorResponse(thrown(error));
  }
}
