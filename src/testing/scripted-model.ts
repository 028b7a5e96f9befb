import type { Observation } from '../domain/executor.ts';
import type { Prompt } from '../domain/runner.ts';
import type { Call } from '../domain/test-case.ts';
import { raised, returned } from './scripted-executor.ts';
import { answers, fails, type Script, type ScriptedReply } from './scripted-runner.ts';

/** What a model can be asked in a run. */
export type Question = 'answer' | 'tests' | 'inputs' | 'judge' | 'merge' | 'review';

const marks: readonly (readonly [Question, string])[] = [
  ['tests', 'You write tests'],
  ['inputs', 'Find inputs that the task allows'],
  ['judge', 'say which of the two it is'],
  ['merge', 'Several answers to one programming task'],
  ['review', 'You review an answer'],
];

/** Tells what a prompt asks for. */
export function questionOf({ system }: Prompt): Question {
  return marks.find(([, mark]) => system.includes(mark))?.[0] ?? 'answer';
}

/** Replies to one kind of question. */
export type Reply = ScriptedReply | ((prompt: Prompt) => ScriptedReply);

/** Replies to each kind of question in its own way; accepts what it reviews and has no tests unless told. */
export function scriptedModel(replies: Partial<Record<Question, Reply>>): Script {
  const usual: Partial<Record<Question, Reply>> = {
    review: answers('{"verdict": "accept", "summary": "Right", "findings": []}'),
    tests: answers('[]'),
    inputs: answers('[]'),
  };
  return (prompt) => {
    const question = questionOf(prompt);
    const reply = replies[question] ?? usual[question] ?? fails('refused');
    return typeof reply === 'function' ? reply(prompt) : reply;
  };
}

/** An answer with a Python function `f` that returns an expression of `n`. */
export function functionOf(expression: string): ScriptedReply {
  return answers(`\`\`\`python\ndef f(n):\n    return ${expression}\n\`\`\``);
}

/** Tests of `f`: an integer, and what is expected of it. */
export function testsOf(...rows: readonly (readonly [number, number])[]): ScriptedReply {
  const tests = rows.map(([arg, wanted]) => ({ call: `f(${arg})`, expected: `${wanted}` }));
  return answers(JSON.stringify(tests));
}

/** A judge that knows the right result, whichever place it has. */
export function judgeOf(isRight: (result: string) => boolean): (prompt: Prompt) => ScriptedReply {
  return ({ text }) => {
    const first = /## Result 1\n\n```\n(.*)\n```/.exec(text)?.[1] ?? '';
    return answers(JSON.stringify({ demanded: isRight(first) ? 1 : 2, why: 'The task says so' }));
  };
}

/** Makes what functions of `functionOf` do, by their expressions; any other raises an error. */
export function pythonOf(
  expressions: Readonly<Record<string, (n: number) => number>>,
): (code: string, call: Call) => Observation {
  return (code, call) => {
    const does = expressions[/return (.*)/.exec(code)?.[1] ?? ''];
    const [arg] = call.kind === 'call' ? call.args : [];
    const isNumber = typeof arg === 'object' && arg !== null && 'int' in arg;
    if (!does || !isNumber) return raised('TypeError');
    return returned({ int: String(does(Number(arg.int))) });
  };
}
