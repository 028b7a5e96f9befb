import type { Prompt } from '../domain/runner.ts';

/** A way in which the model behind a runner behaves while the suite looks at the runner. */
export type RunnerScenario =
  /** Answers every prompt with exactly `conformance.answer`, in several pieces where it can stream. */
  | 'answers'
  /** Answers every prompt with a text that contains the prompt's text unchanged. */
  | 'echoes'
  /** Takes the request and never answers. */
  | 'hangs'
  /** Answers as a model does, whole and well-formed, but with no text. */
  | 'empty'
  /** Begins to answer and breaks off: the connection closes, the program dies. */
  | 'breaks'
  /** Refuses, and repeats `conformance.secret`, which the runner was given as its key, in what it says. */
  | 'fails'
  /** Is not there: no such program, nobody listening. */
  | 'unreachable';

/** Characters of the long prompt, at least: more than one argument of a program can hold. */
const longMinLength = 300_000;

/** What the suite sends, and what the scenarios send back. */
export const conformance: {
  readonly answer: string;
  readonly secret: string;
  /** Every well-formed prompt that the suite sends: `plain`, two that go at the same time, and a long one. */
  readonly prompts: Readonly<Record<'plain' | 'first' | 'second' | 'long', Prompt>>;
} = {
  answer: [
    'Naïve answer — “quoted”, with 漢字, ελληνικά, عربى and 👩🏽‍💻🦄:',
    '',
    '```ts',
    "const greeting: string = 'Grüße, 世界';",
    'console.log(`a\\tb`, greeting + "\\n");',
    '```',
    '',
    'That is all: 𝒾𝓉 works.',
  ].join('\n'),
  secret: 'sk-conformance-0123456789abcdef0123456789abcdef',
  prompts: {
    plain: prompt('Say hello.'),
    first: prompt('The first of two at once: aaaa-1111.'),
    second: prompt('The second of two at once: bbbb-2222.'),
    long: prompt(longText()),
  },
};

function prompt(text: string): Prompt {
  return { system: 'You answer in one sentence.', text };
}

function longText(): string {
  const lines = ['Repeat this.'];
  let length = 0;
  for (let row = 1; length < longMinLength; row += 1) {
    const line = `${row}: "double" 'single' \`tick\` \\back $HOME %PATH% {"json": [1, null]} <tag> — é 漢 🦄\ttab`;
    lines.push(line);
    length += line.length;
  }
  return [...lines, 'The end.'].join('\n');
}
