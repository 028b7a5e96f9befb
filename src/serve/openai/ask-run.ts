import type { App } from '../../app/app.ts';
import type { Mode } from '../../domain/mode.ts';
import type { OrchestratorResult } from '../../domain/result.ts';
import { markdownAnswer } from '../../report/markdown-answer.ts';
import { resultOf } from '../../report/result.ts';
import { taskOfRequest } from '../api/run-request.ts';
import { progressOf } from '../progress-of.ts';
import type { RunHub } from '../run-hub.ts';
import { type Refusal, thrown, withoutAnswer } from './openai-error.ts';

/** Where runs are begun. */
export interface AskPlace {
  readonly app: App;
  readonly hub: RunHub;
}

/** A run that a client of OpenAI's protocols waits for. */
export interface AskedRun {
  readonly id: string;
  /** What happens, in whole lines, until it has ended. */
  readonly progress: AsyncGenerator<string>;
  /** Rejects for a misuse. */
  readonly result: Promise<OrchestratorResult>;
}

/** Begins a run that ends when its client goes away. Rejects for a misuse. */
export async function askRun(
  request: { readonly task: string; readonly mode: Mode },
  { app, hub }: AskPlace,
  gone: AbortSignal,
): Promise<AskedRun> {
  const task = await taskOfRequest(request, app);
  await app.route(task);
  const { id, record } = await hub.start(task);
  const end = (): void => {
    hub.cancel(id);
  };
  if (gone.aborted) end();
  else gone.addEventListener('abort', end, { once: true });
  const result = record
    .then((each) => resultOf(each, { replay: app.isReplay(each) }))
    .finally(() => gone.removeEventListener('abort', end));
  // A stream that broke before its end asks for no result.
  result.catch(() => undefined);
  return { id, progress: progressOf(hub.follow(id, undefined, gone)), result };
}

/** What a run came to: an answer as Markdown, or why there is none. */
export type Ended = Refusal | { readonly content: string; readonly result: OrchestratorResult };

/** Waits until a run has ended; never rejects. */
export async function settled({ result }: AskedRun): Promise<Ended> {
  try {
    const ended = await result;
    const content = markdownAnswer(ended);
    return content === '' ? withoutAnswer(ended) : { content, result: ended };
  } catch (error) {
    return thrown(error);
  }
}

/** Joins all lines; resolves when the run has ended. */
export async function gathered(lines: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const line of lines) text += line;
  return text;
}
