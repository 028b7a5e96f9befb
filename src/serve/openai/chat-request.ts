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

/** A text is the same as a list of one part, so that a mistake is told at the part that it is in. */
const content = z.preprocess(
  (said) => (typeof said === 'string' ? [{ type: 'text', text: said }] : said),
  z.array(textPart, 'a text or a list of parts of text'),
);

/** The schema of one message of either protocol. */
export const message: z.ZodType<Said> = z
  .looseObject({
    type: z
      .literal('message', 'only messages are taken: no tool is called and no response kept here')
      .optional(),
    role: z.enum(
      ['system', 'developer', 'user', 'assistant'],
      'system, developer, user or assistant',
    ),
    content,
  })
  .transform(({ role, content: said }) => ({
    role: role === 'developer' ? ('system' as const) : role,
    text: said.map(({ text }) => text).join('\n'),
  }));

/** The schema of what has to be called. Tools that may be called are passed over; one that must be is refused. */
export const toolChoice: z.ZodType = z.enum(['auto', 'none'], 'no tool is called here').nullish();

/** The schema of the form of the answer: whoever wants another would read Markdown as it. */
export const answerFormat: z.ZodType = z
  .looseObject({ type: z.literal('text', 'only text is answered') })
  .nullish();

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
