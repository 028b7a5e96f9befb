import type { Call } from '../domain/test-case.ts';
import { writeLiteral } from '../domain/write-literal.ts';
import { learnShape } from './learn-shape.ts';
import { mutateValue } from './mutate-value.ts';
import { readLiteral } from './read-literal.ts';
import type { Reach } from './sample-shape.ts';

type Script = Extract<Call, { kind: 'script' }>;

/** Between the statements and the expression while both are changed as one text. */
const divider = '\n\u0000';

/** Numbers and texts of Python that stand alone, so no parts of names or of other texts. */
const literal = /(?<![\w.)\]"'])(?:"[^"\\\n]*"|'[^'\\\n]*'|-?\d+(?:\.\d+)?)(?![\w."'])/g;

/** Changes one or two numbers or texts in a Python script; undefined where it has none or nothing changes. */
export function mutateScript(script: Script, reach: Reach): Script | undefined {
  const source = `${script.statements}${divider}${script.expression}`;
  const places = [...source.matchAll(literal)];
  const chosen = new Set([reach.random.pick(places), reach.random.pick(places)]);
  const changed = source.replaceAll(literal, (text, at: number) => {
    const isChosen = [...chosen].some((place) => place?.index === at);
    return isChosen ? changedLiteral(text, reach) : text;
  });
  const [statements, expression] = changed.split(divider);
  if (changed === source || statements === undefined || expression === undefined) return undefined;
  return { kind: 'script', statements, expression };
}

function changedLiteral(text: string, reach: Reach): string {
  const value = readLiteral(text, 'python');
  const shape = value === undefined ? undefined : learnShape([value]);
  if (value === undefined || shape === undefined) return text;
  return writeLiteral(mutateValue(value, shape, reach), 'python');
}
