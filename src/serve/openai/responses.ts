import { randomUUID } from 'node:crypto';
import type { Context, Handler } from 'hono';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { type AskPlace, askRun, type Ended, gathered, settled } from './ask-run.ts';
import { type Asking, askedStream } from './asked-stream.ts';
import {
  answerFormat,
  message,
  modelNames,
  modeOfModel,
  type Said,
  taskText,
  toolChoice,
} from './chat-request.ts';
import { badRequest, errorResponse, thrown, unknownModel } from './openai-error.ts';
import { readRequest } from './read-request.ts';
import { type Draft, responseBody, responseEvents } from './response-body.ts';

/** The bounds are OpenAI's own. */
const pairs = z
  .record(z.string().max(64), z.string().max(512))
  .refine((each) => Object.keys(each).length <= 16);

/** One message for all of it, as a key can be too long to be told. */
const metadata = z.custom<z.infer<typeof pairs>>(
  (value) => pairs.safeParse(value).success,
  'wanted 16 texts at most, of 512 characters at most, under keys of 64 characters at most',
);

const request = z.looseObject({
  model: z.string(),
  input: z.preprocess(messagesIn, z.array(message, 'a text or a list of messages').min(1)),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  background: z.literal(false, 'the server answers while the client waits').nullish(),
  previous_response_id: z.null('no response is kept here').optional(),
  conversation: z.null('no conversation is kept here').optional(),
  metadata: metadata.nullish(),
  tool_choice: toolChoice,
  text: z.looseObject({ format: answerFormat }).nullish(),
});

/** Answers `POST /v1/responses`: the run's progress as a summary of reasoning, its answer as a message. */
export function responses(place: AskPlace, clock: Clock): Handler {
  return async (context) => {
    const read = await readRequest(context, request);
    if (read.status === 'refused') return errorResponse(read.refusal);
    const { model, input, instructions, stream, metadata: given } = read.value;
    const mode = modeOfModel(model);
    if (!mode) return errorResponse(unknownModel(model, modelNames));
    const task = taskText(saidIn(input, instructions ?? ''));
    if (task === undefined) {
      return errorResponse(badRequest('A message of the user is wanted', 'input', null));
    }
    const draft = {
      id: randomUUID().replaceAll('-', ''),
      createdAt: Math.floor(clock.now() / 1000),
      model,
      instructions: instructions ?? null,
      metadata: given ?? {},
    };
    const answering = { place, draft, asked: { task, mode } };
    return stream ? streamed(context, answering) : whole(context, answering);
  };
}

/** The items that say something: clients give back our reasoning with our answer, which says how that came about. */
function messagesIn(input: unknown): unknown {
  if (typeof input === 'string') return [{ role: 'user', content: input }];
  return Array.isArray(input) ? input.filter((item) => item?.type !== 'reasoning') : input;
}

function saidIn(input: readonly Said[], instructions: string): readonly Said[] {
  return instructions === '' ? input : [{ role: 'system', text: instructions }, ...input];
}

interface Answering extends Asking {
  readonly draft: Draft;
}

async function whole(context: Context, { place, draft, asked }: Answering): Promise<Response> {
  try {
    const run = await askRun(asked, place, context.req.raw.signal);
    const reasoning = await gathered(run.progress);
    const ended: Ended = await settled(run);
    if ('error' in ended) return errorResponse(ended);
    return context.json(responseBody(draft, { status: 'completed', reasoning, ended }));
  } catch (error) {
    return errorResponse(thrown(error));
  }
}

async function streamed(context: Context, answering: Answering): Promise<Response> {
  const { draft } = answering;
  return askedStream(context, answering, async (run, stream) => {
    let number = 0;
    for await (const { type, ...rest } of responseEvents(draft, run)) {
      const data = JSON.stringify({ type, sequence_number: number, ...rest });
      number += 1;
      await stream.writeSSE({ event: type, data });
    }
  });
}
