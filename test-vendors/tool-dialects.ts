import { sseEvent } from '../src/testing/vendor-servers/dialect.ts';
import type { ToolDialect } from './tool-calling-server.ts';

const event = (type: string, fields: object): string => sseEvent({ type, ...fields }, type);

const claudeUsage = { input_tokens: 1, output_tokens: 1 };

function claudeMessage(block: object, delta: object, stop: string): readonly string[] {
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-5-5',
    content: [],
    stop_reason: null,
    usage: claudeUsage,
  };
  return [
    event('message_start', { message }),
    event('content_block_start', { index: 0, content_block: block }),
    event('content_block_delta', { index: 0, delta }),
    event('content_block_stop', { index: 0 }),
    event('message_delta', {
      delta: { stop_reason: stop, stop_sequence: null },
      usage: claudeUsage,
    }),
    event('message_stop', {}),
  ];
}

/** Anthropic's messages. */
export const claudeTools: ToolDialect = {
  hasResult: (body) => body.includes('"type":"tool_result"'),
  call: (name) =>
    claudeMessage(
      { type: 'tool_use', id: 'toolu_1', name, input: {} },
      { type: 'input_json_delta', partial_json: '{}' },
      'tool_use',
    ),
  say: (text) =>
    claudeMessage({ type: 'text', text: '' }, { type: 'text_delta', text }, 'end_turn'),
};

function codexResponse(item: object): readonly string[] {
  const response = { id: 'resp_1', object: 'response', status: 'in_progress', output: [] };
  const usage = {
    input_tokens: 1,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 1,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 2,
  };
  return [
    event('response.created', { response }),
    event('response.output_item.added', { output_index: 0, item }),
    event('response.output_item.done', { output_index: 0, item }),
    event('response.completed', {
      response: { ...response, status: 'completed', output: [item], usage },
    }),
  ];
}

/** OpenAI's responses, with a namespace for the tools of one server. */
export const codexTools: ToolDialect = {
  hasResult: (body) => body.includes('"type":"function_call_output"'),
  call: (name) =>
    codexResponse({
      type: 'function_call',
      id: 'fc_1',
      call_id: 'call_1',
      name,
      arguments: '{}',
      ...(name.includes('__') ? {} : { namespace: 'mcp__orchestrator' }),
    }),
  say: (text) =>
    codexResponse({
      type: 'message',
      id: 'msg_1',
      role: 'assistant',
      content: [{ type: 'output_text', text, annotations: [] }],
    }),
};

function geminiPart(part: object): readonly string[] {
  const candidates = [
    { index: 0, finishReason: 'STOP', content: { role: 'model', parts: [part] } },
  ];
  const usageMetadata = { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 };
  return [sseEvent({ candidates, usageMetadata, modelVersion: 'gemini-2.5-flash' })];
}

/** Gemini's contents. */
export const geminiTools: ToolDialect = {
  hasResult: (body) => body.includes('"functionResponse"'),
  call: (name) => geminiPart({ functionCall: { name, args: {} } }),
  say: (text) => geminiPart({ text }),
};
