import { randomUUID } from 'node:crypto';
import type { Context, Handler } from 'hono';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { OrchestratorResult } from '../../domain/result.ts';
import { type AskPlace, askRun, gathered, settled } from './ask-run.ts';
import { type Asking, askedStream } from './asked-stream.ts';
import {
  answerFormat,
  message,
  modelNames,
  modeOfModel,
  taskText,
  toolChoice,
} from './chat-request.ts';
import { badRequest, errorResponse, thrown, unknownModel } from './openai-error.ts';
import { readRequest } from './read-request.ts';
import { tokenSum } from './usage.ts';

const request = z.looseObject({
  model: z.string(),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.literal(1, 'only one answer is given').nullish(),
  tool_choice: toolChoice,
  function_call: toolChoice,
  response_format: answerFormat,
  modalities: z.array(z.literal('text', 'only text is answered')).nullish(),
});

/** What every part of one answer says of it. */
interface Completion {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

/** Answers `POST /v1/chat/completions`: the run's progress as `reasoning_content`, its answer as `content`. */
export function chatCompletions(place: AskPlace, clock: Clock): Handler {
  return async (context) => {
    const read = await readRequest(context, request);
    if (read.status === 'refused') return errorResponse(read.refusal);
    const { model, messages, stream, stream_options: options } = read.value;
    const mode = modeOfModel(model);
    if (!mode) return errorResponse(unknownModel(model, modelNames));
    const task = taskText(messages);
    if (task === undefined) {
      return errorResponse(badRequest('A message of the user is wanted', 'messages', null));
    }
    const completion = {
      id: `chatcmpl-${randomUUID()}`,
      created: Math.floor(clock.now() / 1000),
      model,
    };
    const asked = { task, mode };
    if (stream) {
      return streamed(context, {
        place,
        asked,
        completion,
        withUsage: options?.include_usage === true,
      });
    }
    return whole(context, { place, asked, completion, withUsage: true });
  };
}

interface Answering extends Asking {
  readonly completion: Completion;
  readonly withUsage: boolean;
}

async function whole(context: Context, { place, asked, completion }: Answering): Promise<Response> {
  try {
    const run = await askRun(asked, place, context.req.raw.signal);
    const lines = await gathered(run.progress);
    const ended = await settled(run);
    if ('error' in ended) return errorResponse(ended);
    const { content, result } = ended;
    return context.json({
      ...completion,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content, refusal: null, reasoning_content: lines },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: usageOf(result),
    });
  } catch (error) {
    return errorResponse(thrown(error));
  }
}

async function streamed(context: Context, answering: Answering): Promise<Response> {
  const { completion, withUsage } = answering;
  return askedStream(context, answering, async (run, stream) => {
    const send = (part: object): Promise<void> => stream.writeSSE({ data: JSON.stringify(part) });
    const chunk = (delta: object, finish: string | null = null): Promise<void> =>
      send({
        ...completion,
        object: 'chat.completion.chunk',
        choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
        ...(withUsage && { usage: null }),
      });
    await chunk({ role: 'assistant', content: '' });
    for await (const lines of run.progress) await chunk({ reasoning_content: lines });
    const ended = await settled(run);
    if ('error' in ended) return send({ error: ended.error });
    await chunk({ content: ended.content });
    await chunk({}, 'stop');
    if (withUsage) {
      const usage = usageOf(ended.result);
      await send({ ...completion, object: 'chat.completion.chunk', choices: [], usage });
    }
    await stream.writeSSE({ data: '[DONE]' });
  });
}

function usageOf(result: OrchestratorResult): object {
  const { input, output } = tokenSum(result);
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}
