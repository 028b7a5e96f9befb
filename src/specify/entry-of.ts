import type { Candidate } from '../domain/candidate.ts';
import type { Entry, Parameter } from '../domain/suite.ts';
import { syntaxOf } from '../domain/syntax-of.ts';
import type { ValueType } from '../domain/value-type.ts';
import { type Definition, definitionsOf } from './definitions.ts';
import { takesCount } from './example.ts';
import { guessType } from './guess-type.ts';
import { type NamedEntry, namedInTask } from './named-in-task.ts';

type CodeCandidate = Extract<Candidate, { status: 'code' }>;

/** One answer's code with what it defines. */
interface Defined {
  readonly candidate: CodeCandidate;
  readonly definitions: readonly Definition[];
}

/** The most characters of a task that are read for names. */
const taskMaxLength = 50_000;

const readsInput =
  /\binput\s*\(\s*(?:["')f])|\bsys\.stdin\b|\bprocess\.stdin\b|readFileSync\(\s*(?:0|['"]\/dev\/stdin)|\breadline\b|\bopen\(\s*0\s*\)/;
const asksForProgram =
  /\bstdin\b|\bstandard input\b|^[ \t#*_>=-]*(?:sample|example)\s+input\b|\binput\s+format\b/im;

/**
 * Tells what a task is about: the function or class that it names, else the one that most answers define,
 * else a program that reads standard input. Null where nothing can be called. Works before there is any
 * answer, on the text alone.
 */
export function entryOf(text: string, candidates: readonly Candidate[]): Entry | null {
  const task = text.slice(0, taskMaxLength);
  const coded = candidates.filter((candidate) => candidate.status === 'code');
  const language = mostFrequent(coded.flatMap(languageOf)) ?? languageInTask(task);
  const syntax = syntaxOf(language);
  const named = syntax && namedInTask(task, syntax);
  if (language === null || syntax === undefined) {
    return language !== null && asksForProgram.test(task) ? { kind: 'program', language } : null;
  }
  const defined = coded
    .filter((candidate) => syntaxOf(languageOf(candidate)[0] ?? null) === syntax)
    .map((candidate) => ({
      candidate,
      definitions: definitionsOf(candidate.files[0].text, syntax),
    }));
  const isProgram = isAboutProgram(task, { named, coded });
  if (isProgram) return { kind: 'program', language };
  if (named?.kind === 'class') return { kind: 'class', name: named.name, language };
  const name = chosenName(named, defined);
  if (name === undefined) return null;
  return functionEntry({ name, language, task, named }, defined);
}

function isAboutProgram(
  task: string,
  { named, coded }: { named: NamedEntry | undefined; coded: readonly CodeCandidate[] },
): boolean {
  const reading = coded.filter(({ files }) => readsInput.test(files[0].text)).length;
  if (named?.definition !== undefined) return false;
  const doesRead = coded.length > 0 && reading * 2 > coded.length;
  return asksForProgram.test(task)
    ? doesRead || coded.length === 0
    : doesRead && named === undefined;
}

/** The task's name where an answer has it, else the name that most answers define, the last in each. */
function chosenName(
  named: NamedEntry | undefined,
  defined: readonly Defined[],
): string | undefined {
  const isKnown = defined.some(({ definitions }) =>
    definitions.some((d) => d.name === named?.name),
  );
  if (named !== undefined && (isKnown || named.definition !== undefined || defined.length === 0)) {
    return named.name;
  }
  const main = defined.flatMap(({ definitions }) => soleNames(definitions));
  return mostFrequent(main) ?? named?.name;
}

/** What an answer may mean to be called: not its tests, not its `main`. */
function soleNames(definitions: readonly Definition[]): readonly string[] {
  return definitions
    .map(({ name }) => name)
    .filter((name) => !/^(?:main|demo|check)$|^test/i.test(name));
}

interface Choice {
  readonly name: string;
  readonly language: string;
  readonly task: string;
  readonly named: NamedEntry | undefined;
}

function functionEntry(choice: Choice, defined: readonly Defined[]): Entry {
  const own = defined.flatMap(
    ({ definitions }) => definitions.find((d) => d.name === choice.name) ?? [],
  );
  const signatures = [choice.named?.definition ?? [], ...own].flat();
  const first = signatures[0];
  const shape = first ?? { parameters: [], isVariadic: true };
  const parameters = shape.parameters.map((parameter, index) =>
    typed(parameter, { index, signatures, task: choice.task }),
  );
  const { name, language } = choice;
  const signature = { name, parameters, isVariadic: shape.isVariadic };
  const aliases = Object.fromEntries(
    defined.flatMap(({ candidate, definitions }) => {
      const alias = aliasOf(definitions, signature);
      return alias === undefined ? [] : [[candidate.seat, alias]];
    }),
  );
  return { kind: 'function', language, ...signature, aliases };
}

function typed(
  parameter: Parameter,
  { index, signatures, task }: { index: number; signatures: readonly Definition[]; task: string },
): Parameter {
  const said = signatures.flatMap(({ parameters }) => parameters[index]?.type ?? []);
  const written = mostFrequent(said.map((option) => JSON.stringify(option)));
  const type = said.find((option): option is ValueType => JSON.stringify(option) === written);
  return { ...parameter, type: parameter.type ?? type ?? guessType(parameter.name, task) };
}

/**
 * What an answer calls the function that the entry names otherwise: the same but for case and underscores,
 * a method of the same name, or its only public function, if that takes as many arguments.
 */
function aliasOf(definitions: readonly Definition[], entry: Definition): string | undefined {
  if (definitions.some(({ name }) => name === entry.name)) return undefined;
  const fitting = definitions.filter((definition) =>
    takesCount(definition, entry.parameters.length),
  );
  const same = fitting.find(({ name }) => plainName(name) === plainName(entry.name));
  const [only, ...more] = definitions.filter(({ name }) => soleNames(definitions).includes(name));
  return (
    same?.name ?? (more.length === 0 && only && fitting.includes(only) ? only.name : undefined)
  );
}

function plainName(name: string): string {
  return name
    .slice(name.lastIndexOf('.') + 1)
    .replaceAll('_', '')
    .toLowerCase();
}

function languageOf({ files }: CodeCandidate): readonly string[] {
  return files[0].language === null ? [] : [files[0].language];
}

const languageSigns: readonly (readonly [string, RegExp])[] = [
  [
    'python',
    /^[ \t]*assert \w+\(|^[ \t]*(?:async )?def \w+\s*\(|^[ \t]*>>> |```(?:python|py)\b|^class \w+.*:\s*$/m,
  ],
  [
    'typescript',
    /\btypescript\b|```(?:typescript|ts)\b|^[ \t]*(?:export )?function \w+\(.*\w: ?\w+/im,
  ],
  [
    'javascript',
    /\b(?:javascript|node\.?js)\b|```(?:javascript|js)\b|^[ \t]*(?:export )?function \w+\s*\(|=>\s*\{/im,
  ],
  ['python', /\bpython\b/i],
  ['go', /\bgolang\b|\bin go\b/i],
  ['rust', /\bin rust\b|\brust (?:function|program)\b/i],
];

function languageInTask(task: string): string | null {
  return languageSigns.find(([, sign]) => sign.test(task))?.[0] ?? null;
}

/** The most frequent text, among equals the first in the alphabet; undefined of none. */
function mostFrequent(texts: readonly string[]): string | undefined {
  const groups = [...Map.groupBy(texts, (text) => text)];
  return groups.toSorted(
    ([a, some], [b, more]) => more.length - some.length || (a < b ? -1 : 1),
  )[0]?.[0];
}
