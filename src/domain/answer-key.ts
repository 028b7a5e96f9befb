import { createHash } from 'node:crypto';
import type { Prompt } from './runner.ts';

/** Who is asked, with all that changes what is answered; no key and no header is in it. */
export interface AskedModel {
  /** The runner's name. */
  readonly runner: string;
  /** The type of the runner. */
  readonly type: string;
  /** The model id; null where it is left to the runner. */
  readonly model: string | null;
  /** Such as `maxOutputTokens`, `provider` and `endpoint`; what is not set is left out. */
  readonly params: Readonly<Record<string, string | number>>;
}

/** What an answer is kept under: who is asked what, and which of the equal requests of a run it is. */
export interface AnswerKey extends AskedModel {
  readonly prompt: Prompt;
  /** From 1. */
  readonly repeat: number;
}

/** Names a key by a SHA-256 in hexadecimal digits; `more` tells keys apart that are equal otherwise. */
export function answerHash(key: AnswerKey, more = ''): string {
  const { runner, type, model, repeat } = key;
  const params = Object.entries(key.params).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sha256([runner, type, model, params, repeat, promptHash(key.prompt), more]);
}

/** Names a prompt in the same way. */
export function promptHash({ system, text }: Prompt): string {
  return sha256([system, text]);
}

function sha256(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
