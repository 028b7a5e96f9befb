import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import type * as TreeSitter from 'web-tree-sitter';
import { packageFile } from '../../lib/package-file.ts';
import type { GrammarRules } from './grammar-rules.ts';
import type { GrammarName } from './language-of.ts';
import { grammarRules } from './languages/all.ts';
import { type Place, placesOf, type Standing } from './places.ts';

const unpack = promisify(brotliDecompress);

/** A loaded grammar. */
export interface Grammar {
  /** Null when the text takes more work than a parse may. The caller deletes the tree. */
  readonly parse: (text: string) => TreeSitter.Tree | null;
  readonly placeOf: (standing: Standing) => Place;
  readonly rules: GrammarRules;
}

/** Gives grammars by name; rejects when one cannot be loaded. */
export type GrammarSource = (name: GrammarName) => Promise<Grammar>;

/**
 * How often the parser may report before it is stopped. It reports by work done, not by time, so that the
 * same text always meets the same end. Code of the largest size that is checked takes less than half.
 */
const parserMaxReports = 100_000;

/** Loads the engine with the first grammar, and each grammar once, when it is first asked for. */
export function shippedGrammars(): GrammarSource {
  const loaded = new Map<GrammarName, Promise<Grammar>>();
  const begin = (name: GrammarName): Promise<Grammar> => {
    const grammar = load(name);
    loaded.set(name, grammar);
    // What stood in its way, such as too many open files, can pass.
    grammar.catch(() => loaded.delete(name));
    return grammar;
  };
  return (name) => loaded.get(name) ?? begin(name);
}

type Engine = typeof TreeSitter;

let engine: Promise<Engine> | undefined;

/**
 * The engine of this program. Begun a second time before the first is ready, it would be two in one: what one of them
 * has loaded is "incompatible" to the other.
 */
function startedEngine(): Promise<Engine> {
  engine ??= startEngine().catch((error: unknown) => {
    engine = undefined;
    throw error;
  });
  return engine;
}

async function startEngine(): Promise<Engine> {
  const treeSitter: Engine = await import('web-tree-sitter');
  await treeSitter.Parser.init();
  return treeSitter;
}

async function load(name: GrammarName): Promise<Grammar> {
  const treeSitter = await startedEngine();
  const packed = await readFile(packageFile(`grammars/tree-sitter-${name}.wasm.br`));
  const language = await treeSitter.Language.load(await unpack(packed));
  const parser = new treeSitter.Parser();
  parser.setLanguage(language);
  const rules = grammarRules[name];
  return { parse: (text) => parse(parser, text), placeOf: placesOf(language, rules), rules };
}

function parse(parser: TreeSitter.Parser, text: string): TreeSitter.Tree | null {
  let reports = 0;
  const tree = parser.parse(text, null, {
    progressCallback: () => {
      reports += 1;
      return reports > parserMaxReports;
    },
  });
  if (tree === null) parser.reset();
  return tree;
}
