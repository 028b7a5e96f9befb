import { describe } from 'vitest';
import { ends, testOutputs, without } from '../../../test/support/odd-output.ts';
import { geminiOutput } from './gemini-output.ts';

describe('geminiOutput on odd output', () => {
  const error429 = { type: 'Error', message: 'Too many requests', code: 429 };
  const api = { totalRequests: 1, totalErrors: 0 };
  const tokens = { prompt: 1000, candidates: 200, thoughts: 50 };
  const statsWith = (change: object) => ({ models: { flash: { api, tokens, ...change } } });
  const good = { session_id: 'a', response: 'Hello', stats: statsWith({}) };
  const pretty = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

  testOutputs(geminiOutput, [
    ['a plain answer', 'answered', [pretty(good)]],
    ['a banner before', 'answered', ['Loaded cached credentials.\n', pretty(good)]],
    ['a BOM and CRLF', 'answered', [`\ufeff${pretty(good)}`.replaceAll('\n', '\r\n')]],
    ['an error and then an answer', 'rate-limited', [pretty({ error: error429 }), pretty(good)]],
    ['an answer and then an error', 'rate-limited', [pretty(good), pretty({ error: error429 })]],
    ['an answer with an error', 'rate-limited', [pretty({ ...good, error: error429 })]],
    ['an error that is text', 'unknown', [pretty({ ...good, error: 'boom' })]],
    ['an error that is empty text', 'unknown', [pretty({ ...good, error: '' })]],
    ['two answers', 'unknown', [pretty(good), pretty({ ...good, response: 'Bye' })]],
    ['junk behind the document', 'unknown', [pretty(good), 'Segmentation fault\n']],
    ['junk on the line of the end', 'unknown', [pretty(good).trimEnd(), ' oops\n']],
    ['a torn document before', 'unknown', [pretty(good).slice(0, 40), '\n', pretty(good)]],
    [
      'a document behind an object on its line',
      'unknown',
      [`x {"error": {"code": 429}}\n`, pretty(good)],
    ],
    ['a response that is a list', 'unknown', [pretty({ ...good, response: ['Hello'] })]],
    ['a response that is null', 'unknown', [pretty({ ...good, response: null })]],
    ['an unreadable document, then an answer', 'unknown', [pretty({ response: 5 }), pretty(good)]],
    ['an unknown field of trouble', 'unknown', [pretty({ ...good, truncated: true })]],
    ['a name twice', 'unknown', [pretty(good).replace('{', '{"response": "Bye",')]],
    ['no stats', 'unknown', [pretty(without(good, 'stats'))]],
    ['stats that are text', 'unknown', [pretty({ ...good, stats: 'none' })]],
    [
      'counts as text',
      'unknown',
      [pretty({ ...good, stats: statsWith({ api: { totalRequests: '1', totalErrors: 0 } }) })],
    ],
    [
      'counts below zero',
      'unknown',
      [pretty({ ...good, stats: statsWith({ tokens: { ...tokens, candidates: -1 } }) })],
    ],
    ['warnings that are no list', 'unknown', [pretty({ ...good, warnings: 'x' })]],
    ['white space', 'empty-answer', [pretty({ ...good, response: ' \n' })]],
    ['an exit code', 'unknown', [pretty(good)], ends.badly],
    ['a signal', 'broken-stream', [pretty(good)], ends.killed],
    ['half a character', 'broken-stream', [pretty(good).replace('Hello', 'H\\udc00')]],
    [
      'an error as the answer',
      'overloaded',
      [pretty({ ...good, response: '[API Error: got status: 503 Service Unavailable]' })],
    ],
  ]);
});
