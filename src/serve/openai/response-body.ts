import { type AskedRun, type Ended, settled } from './ask-run.ts';
import { tokenSum } from './usage.ts';

/** What is known of a response before it has an answer. */
export interface Draft {
  /** Letters and digits. */
  readonly id: string;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  readonly model: string;
  readonly instructions: string | null;
  /** What the client said of it. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** How far a response is. */
interface Stage {
  readonly status: 'in_progress' | 'completed' | 'failed';
  readonly reasoning?: string;
  readonly ended?: Ended;
}

/** One event of a streamed response, without its number. */
export interface ResponseEvent {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Writes a response in the shape of OpenAI's Responses API. */
export function responseBody(draft: Draft, { status, reasoning = '', ended }: Stage): object {
  const answered = ended && 'content' in ended ? ended : undefined;
  const refused = ended && 'error' in ended ? ended : undefined;
  return {
    id: `resp_${draft.id}`,
    object: 'response',
    created_at: draft.createdAt,
    status,
    model: draft.model,
    instructions: draft.instructions,
    error: refused ? { code: 'server_error', message: refused.error.message } : null,
    incomplete_details: null,
    // What a client named so is its own.
    metadata: { ...(answered && { run: answered.result.metadata.runId }), ...draft.metadata },
    output: answered ? [reasoningItem(draft, reasoning), messageItem(draft, answered.content)] : [],
    parallel_tool_calls: false,
    previous_response_id: null,
    temperature: null,
    tool_choice: 'none',
    tools: [],
    top_p: null,
    usage: answered ? usageOf(answered) : null,
  };
}

/** Tells a response while its run goes on. */
export async function* responseEvents(draft: Draft, run: AskedRun): AsyncGenerator<ResponseEvent> {
  const begun = responseBody(draft, { status: 'in_progress' });
  yield { type: 'response.created', response: begun };
  yield { type: 'response.in_progress', response: begun };
  const reasoning = yield* reasoningEvents(draft, run);
  const ended = await settled(run);
  if ('error' in ended) {
    yield { type: 'response.failed', response: responseBody(draft, { status: 'failed', ended }) };
    return;
  }
  yield* messageEvents(draft, ended.content);
  const response = responseBody(draft, { status: 'completed', reasoning, ended });
  yield { type: 'response.completed', response };
}

async function* reasoningEvents(
  draft: Draft,
  { progress }: AskedRun,
): AsyncGenerator<ResponseEvent, string> {
  const place = { item_id: `rs_${draft.id}`, output_index: 0, summary_index: 0 };
  const item = { id: place.item_id, type: 'reasoning', summary: [] };
  yield { type: 'response.output_item.added', output_index: 0, item };
  const empty = { type: 'summary_text', text: '' };
  yield { type: 'response.reasoning_summary_part.added', ...place, part: empty };
  let text = '';
  for await (const delta of progress) {
    text += delta;
    yield { type: 'response.reasoning_summary_text.delta', ...place, delta };
  }
  yield { type: 'response.reasoning_summary_text.done', ...place, text };
  const part = { type: 'summary_text', text };
  yield { type: 'response.reasoning_summary_part.done', ...place, part };
  yield { type: 'response.output_item.done', output_index: 0, item: reasoningItem(draft, text) };
  return text;
}

function* messageEvents(draft: Draft, text: string): Generator<ResponseEvent> {
  const place = { item_id: `msg_${draft.id}`, output_index: 1, content_index: 0 };
  const whole = messageItem(draft, text);
  const item = { ...whole, status: 'in_progress', content: [] };
  yield { type: 'response.output_item.added', output_index: 1, item };
  yield { type: 'response.content_part.added', ...place, part: textPart('') };
  yield { type: 'response.output_text.delta', ...place, delta: text, logprobs: [] };
  yield { type: 'response.output_text.done', ...place, text, logprobs: [] };
  yield { type: 'response.content_part.done', ...place, part: textPart(text) };
  yield { type: 'response.output_item.done', output_index: 1, item: whole };
}

function reasoningItem({ id }: Draft, text: string): object {
  return { id: `rs_${id}`, type: 'reasoning', summary: [{ type: 'summary_text', text }] };
}

function messageItem({ id }: Draft, text: string): object {
  const content = [textPart(text)];
  return { id: `msg_${id}`, type: 'message', role: 'assistant', status: 'completed', content };
}

function textPart(text: string): object {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

function usageOf({ result }: Extract<Ended, { readonly content: string }>): object {
  const { input, output } = tokenSum(result);
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  };
}
