import { type AnswerKey, promptHash } from '../../domain/answer-key.ts';
import type { Prompt } from '../../domain/runner.ts';
import type { TakeLine } from './cassette-line.ts';

/** Characters of a line that a message shows. */
const shownMaxLength = 60;

/** Says which recorded request is closest to one that is not recorded, and what differs. */
export function nearestTake(
  key: AnswerKey,
  takes: readonly TakeLine[],
  prompts: ReadonlyMap<string, Prompt>,
): string {
  const own = takes.filter(({ runner }) => runner === key.runner);
  if (own.length === 0) return 'nothing of this model is recorded';
  const asked = promptHash(key.prompt);
  const compared = own.map((each) => {
    const isSame = each.prompt === asked;
    const told = isSame ? undefined : prompts.get(each.prompt);
    const alike = isSame ? Number.POSITIVE_INFINITY : likeness(told, key.prompt);
    return { take: each, told, alike, others: otherParts(key, each) };
  });
  const [nearest] = compared.toSorted(
    (a, b) => b.alike - a.alike || a.others.length - b.others.length,
  );
  if (!nearest) return 'nothing of this model is recorded';
  const { take, told, others } = nearest;
  const prompt = take.prompt === asked ? [] : [promptPart(told, key.prompt)];
  return `the closest recorded request has ${[...others, ...prompt].join(', and ')}`;
}

/** What is not in the prompt and differs, as it was recorded and as it is asked. */
function otherParts(key: AnswerKey, take: TakeLine): readonly string[] {
  const flat = ({ type, model, repeat, params }: AnswerKey | TakeLine) => ({
    type,
    model,
    repeat,
    ...params,
  });
  const [was, is]: readonly Readonly<Record<string, unknown>>[] = [flat(take), flat(key)];
  return [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])]
    .filter((name) => was?.[name] !== is?.[name])
    .map((name) => `${name} ${shown(was?.[name])} in place of ${shown(is?.[name])}`);
}

/** Characters that two prompts begin with together. */
function likeness(one: Prompt | undefined, other: Prompt): number {
  return one ? commonLength(whole(one), whole(other)) : -1;
}

function promptPart(recorded: Prompt | undefined, asked: Prompt): string {
  if (!recorded) return 'another prompt';
  const [was, is] = [whole(recorded), whole(asked)];
  const at = commonLength(was, is);
  const line = is.slice(0, at).split('\n').length - asked.system.split('\n').length;
  const place = line < 1 ? 'in the standing instruction' : `in line ${line}`;
  return `another prompt ${place}: ${shown(lineAt(was, at))} in place of ${shown(lineAt(is, at))}`;
}

function whole({ system, text }: Prompt): string {
  return `${system}\n${text}`;
}

function commonLength(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

function lineAt(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return text.slice(start, end === -1 ? text.length : end);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text.length > shownMaxLength ? `${text.slice(0, shownMaxLength - 1)}…` : text;
}
