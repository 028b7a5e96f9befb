import { isJson } from './loose-json.ts';

interface Sign {
  readonly language: string;
  readonly weight: number;
  readonly pattern: RegExp;
}

/** A whole text that starts like this is of the language, whatever else it has. */
const openings: readonly (readonly [RegExp, string])[] = [
  [/^#!.*\bpython/, 'python'],
  [/^#!.*\bnode/, 'javascript'],
  [/^#!.*\b(?:ba|z|k|da)?sh\b/, 'bash'],
  [/^<\?php/, 'php'],
  [/^<\?xml/, 'xml'],
  [/^<svg\b/i, 'xml'],
  [/^<!doctype html|^<html\b/i, 'html'],
  [/^(?:diff --git |--- \S.*\n\+\+\+ |@@ -\d)/, 'diff'],
  [/^FROM \S+.*\n(?:[\s\S]{0,400}\n)?(?:RUN|COPY|CMD|WORKDIR|ENTRYPOINT)\b/, 'dockerfile'],
];

const signs: readonly Sign[] = [
  sign('python', 4, /^\s*(?:async\s+)?def\s+\w+\s*\(.*(?:\)\s*(?:->.*)?:|[(,])\s*(?:#.*)?$/),
  sign('python', 3, /^(?:from [\w.]+ import |import [\w.]+(?: as \w+)?(?:, *\w+)*\s*$)/),
  sign('python', 3, /^\s*class \w+(?:\(.*\))?:\s*$/),
  sign(
    'python',
    3,
    /^\s*(?:elif .*|else|try|finally|except.*|with .* as .*|for .* in .*|while .*|if .*):\s*(?:#.*)?$/,
  ),
  sign(
    'python',
    2,
    /^\s*(?:print\(|raise \w+|return .*\b(?:and|or|not|None|True|False)\b|@\w+|pass$)/,
  ),
  sign('javascript', 3, /^\s*(?:export\s+(?:default\s+)?)?(?:async\s+)?function\s*\*?\s*\w*\s*\(/),
  sign('javascript', 2, /^\s*(?:export\s+)?(?:const|let|var)\s+[\w{[$]/),
  sign(
    'javascript',
    2,
    /(?:=>\s*[{(\w]|\bconsole\.\w+\(|===|!==|\bmodule\.exports\b|\brequire\(['"])/,
  ),
  sign(
    'javascript',
    3,
    /^\s*import\s.*\sfrom\s+['"]|^\s*import\s+['"]|^\s*export\s+(?:default|\{)/,
  ),
  sign(
    'typescript',
    4,
    /^\s*(?:export\s+)?(?:interface \w+.*\{|type \w+(?:<.*>)?\s*=|enum \w+\s*\{|abstract class )/,
  ),
  sign(
    'typescript',
    4,
    /[\w)\]]\??:\s*(?:string|number|boolean|void|any|unknown|never|Promise<|Record<|Array<|React\.)/,
  ),
  sign(
    'typescript',
    3,
    /^\s*(?:private|public|protected|readonly)\s+\w+.*[;{]\s*$|\bas const\b|^import type\b/,
  ),
  sign(
    'jsx',
    4,
    /^\s*<\/?[A-Z]\w*(?:[\s/>.]|$)|\bclassName=|^\s*return \(?\s*<\w|=>\s*\(?\s*<[A-Za-z]/,
  ),
  sign(
    'html',
    2,
    /^\s*<\/?(?:html|head|body|div|span|p|ul|li|form|script|style|input|button|table|section|h\d|a|img|nav|header|footer|main|ng-\w+)\b/i,
  ),
  sign(
    'css',
    3,
    /^\s*(?:[.#][\w-]+[^{;()]*|(?:html|body|a|p|ul|li|div|span|h[1-6]|button|input|table|img|main|header|footer|nav|\*)(?:[ :.,>[][^{;()]*)?|@(?:media|keyframes|import)\b.*|:root)\s*\{\s*$/,
  ),
  sign('css', 2, /^\s*(?:--)?[a-z-]+:\s*[^;{}()]+(?:\([^)]*\))?[^;{}]*;\s*$/),
  sign(
    'sql',
    5,
    /^\s*(?:SELECT\b|INSERT INTO\b|UPDATE \w+ SET\b|DELETE FROM\b|(?:CREATE|ALTER|DROP) (?:OR REPLACE )?(?:TABLE|VIEW|INDEX|DATABASE|FUNCTION)\b|WITH \w+ AS\b|select\s.+\sfrom\s|create table\s|insert into\s)/,
  ),
  sign(
    'sql',
    2,
    /^\s*(?:FROM|WHERE|GROUP BY|ORDER BY|(?:LEFT |RIGHT |INNER )?JOIN|HAVING|LIMIT)\b/,
  ),
  sign('go', 5, /^(?:package \w+$|func (?:\([^)]*\) )?\w+\(|import \($)/),
  sign('go', 2, /:=|\bfmt\.\w+\(|^\s*(?:defer|go) \w/),
  sign(
    'rust',
    5,
    /^\s*(?:pub(?:\(\w+\))? )?(?:fn \w+.*[{(]|impl\b.*\{|struct \w+.*[{;(]|trait \w+.*\{|mod \w+;?)|^\s*(?:use [\w:]+.*::.*;|#\[\w)/,
  ),
  sign('rust', 3, /\blet mut \w|\bprintln!\(|&mut \w|\.unwrap\(\)/),
  sign(
    'java',
    5,
    /^\s*(?:public |private |protected )?(?:static )?(?:final |abstract )?class \w+.*\{\s*$|^import java|\bpublic static void main\(String|\bSystem\.out\./,
  ),
  sign('c', 5, /^#include\s*[<"][\w/]+\.h[>"]/),
  sign(
    'c',
    2,
    /^\s*(?:int|void|char|float|double|long|unsigned|struct)\s+\*?\w+\s*(?:\(|=|;|\[)|\bprintf\(/,
  ),
  sign('cpp', 7, /^#include\s*<\w+>|\bstd::|\busing namespace \w+;|\bcout\s*<</),
  sign('csharp', 6, /^using [A-Z][\w.]*;|^\s*namespace [A-Z][\w.]*\s*[{;]?\s*$|\bConsole\.Write/),
  sign(
    'kotlin',
    5,
    /^\s*(?:(?:private|override|suspend|data|open)\s+)*(?:fun [\w<]+.*[({]|class \w+\()|^\s*val \w+/,
  ),
  sign(
    'swift',
    5,
    /^import (?:Foundation|UIKit|SwiftUI)$|^\s*func \w+\(.*\)\s*(?:throws\s*)?->\s*\w+.*\{$|\bguard let\b/,
  ),
  sign(
    'ruby',
    4,
    /^\s*(?:def [\w.]+[?!]?(?:\(.*\))?\s*$|end\s*$|require ['"]|puts\s|attr_\w+ :|module [A-Z]\w*$)|\bdo \|/,
  ),
  sign('php', 5, /^\s*\$\w+\s*=[^=].*;|\bfunction \w+\(.*\$\w+/),
  sign(
    'bash',
    3,
    /^\s*(?:\$ |sudo |apt(?:-get)? |npm |npx |yarn |pnpm |pip3? |git |cd |mkdir |docker |curl |echo |export \w+=|kubectl |chmod |source |brew |ng |cargo |go (?:run|build|mod)|python3? \S+\.py|node \S+\.m?js)/,
  ),
  sign('bash', 3, /^\s*(?:if \[\[? .* \]\]?;? ?(?:then)?|fi|done|esac|then|do)\s*$|\$\{\w+|\$\(/),
  sign('yaml', 2, /^\s*(?:- )?[\w.-]+:(?:\s+[^{[;]*)?$/),
  sign('toml', 3, /^\[{1,2}[\w.-]+\]{1,2}\s*$/),
  sign('dockerfile', 3, /^(?:FROM|RUN|COPY|CMD|WORKDIR|ENTRYPOINT|EXPOSE|ENV)\s+\S/),
];

const maxLines = 200;
const maxLineChars = 240;

/** Tells the language of a piece of code from its text; null when nothing shows it. */
export function detectLanguage(text: string): string | null {
  const start = text.trimStart();
  const opening = openings.find(([pattern]) => pattern.test(start.slice(0, 1000)));
  if (opening !== undefined) return opening[1];
  if (isJson(start)) return 'json';
  const scores = scoreOf(start);
  foldDialects(scores);
  let best: string | null = null;
  for (const [language, score] of scores) {
    if (score >= 2 && score > (scores.get(best ?? '') ?? 0)) best = language;
  }
  return best;
}

function scoreOf(text: string): Map<string, number> {
  const scores = new Map<string, number>();
  for (const whole of text.split('\n', maxLines)) {
    const line = whole.slice(0, maxLineChars);
    if (line.trim() === '') continue;
    for (const { language, weight, pattern } of signs) {
      if (pattern.test(line)) scores.set(language, (scores.get(language) ?? 0) + weight);
    }
  }
  return scores;
}

/** Signs of a dialect count with those of its base: a component in TypeScript has signs of all three. */
function foldDialects(scores: Map<string, number>): void {
  const of = (language: string): number => scores.get(language) ?? 0;
  const base = of('javascript');
  const typed = of('typescript');
  const markup = of('jsx');
  if (typed >= 4 && markup >= 4) scores.set('tsx', base + typed + markup + of('html'));
  else if (typed >= 3) scores.set('typescript', base + typed);
  else if (markup >= 4 && base > 0) scores.set('jsx', base + markup + of('html'));
  if (of('cpp') > 0) scores.set('cpp', of('cpp') + of('c'));
}

function sign(language: string, weight: number, pattern: RegExp): Sign {
  return { language, weight, pattern };
}
