import { z } from 'zod';
import type { Mode } from '../../domain/mode.ts';
import { modes } from '../../domain/mode.ts';

/** The names under which the modes are asked for as models. */
export const modelNames: readonly string[] = modes.map((mode) => `orchestrator-${mode}`);

/** The mode of a model's name; undefined for an unknown one. */
export function modeOfModel(model: string): Mode | undefined {
  return modes.find((mode) => model === `orchestrator-${mode}`);
}

/** Something that was said, as plain text. */
export interface Said {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

const textPart = z.looseObject({
  type: z.enum(['text', 'input_text', 'output_text'], 'only parts of text are taken'),
  text: z.string(),
});

const content = z.union([z.string(), z.array(textPart)], 'a text or a list of parts of text');

/** The schema of one message of either protocol. */
export const message: z.ZodType<Said> = z
  .looseObject({
    role: z.enum(
      ['system', 'developer', 'user', 'assistant'],
      'system, developer, user or assistant',
    ),
    content,
  })
  .transform(({ role, content: said }) => ({
    role: role === 'developer' ? ('system' as const) : role,
    text: typeof said === 'string' ? said : said.map(({ text }) => text).join('\n'),
  }));

/**
 * Makes one task of a conversation: the last thing that the person said, then what came before it and what holds
 * for it. Undefined when the person said nothing.
 */
export function taskText(said: readonly Said[]): string | undefined {
  const last = said.findLastIndex(({ role }) => role === 'user');
  const task = said[last]?.text.trim();
  if (!task) return undefined;
  const rules = said.filter(({ role }) => role === 'system');
  const before = said.slice(0, last).filter(({ role }) => role !== 'system');
  return [
    task,
    ...(rules.length > 0 ? ['# Instructions', ...rules.map(({ text }) => text)] : []),
    ...(before.length > 0 ? ['# What was said before', ...before.map(turn)] : []),
  ].join('\n\n');
}

function turn({ role, text }: Said): string {
  return `${role === 'user' ? 'The person' : 'The assistant'}:\n${text}`;
}
