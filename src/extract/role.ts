import type { Block } from './blocks.ts';
import type { Definitions } from './definitions.ts';
import { isProgramLanguage } from './language.ts';

/** What a block is for in its answer. */
export type Role = 'code' | 'tests' | 'support' | 'diff' | 'commands' | 'usage' | 'output';

/** A block, and what its text shows. */
export interface ReadBlock extends Block {
  /** Whether the language was told from the text, and the answer does not say it. */
  readonly isGuessed: boolean;
  readonly definitions: Definitions;
}

/** Tells what a block is for; `callables` are what all blocks of the answer define. */
export function roleOf(block: ReadBlock, callables: ReadonlySet<string>): Role {
  if (block.language === 'diff') return 'diff';
  if (isShell(block.language)) return isScript(block) ? 'support' : 'commands';
  if (isOutput(block)) return 'output';
  if (isTests(block)) return 'tests';
  if (block.language !== null && !isProgramLanguage(block.language)) return 'support';
  return isUsage(block, callables) ? 'usage' : 'code';
}

function isShell(language: string | null): boolean {
  return language === 'bash' || language === 'console' || language === 'powershell';
}

function isScript({ path, text, definitions }: ReadBlock): boolean {
  const hasControlFlow = /^(?:#!|if |for |while |case |set -|function )/m.test(text);
  return path !== null || hasControlFlow || definitions.callables.size > 0;
}

const outputLabel =
  /\b(?:outputs?|prints?|printed|results?|returns?|console|terminal|logs?|displays?)\b[^.:]{0,40}[:.]?\**$/i;
const drawing = /[├└│┌┐─]{2}|^\s*\|--/m;

function isOutput(block: ReadBlock): boolean {
  const { path, text, language, isGuessed, definitions } = block;
  if (path !== null) return false;
  if (language === 'text' || language === 'mermaid') return definitions.callables.size === 0;
  const isUnlabelled = language === null || isGuessed;
  if (isUnlabelled && (drawing.test(text) || isTree(text))) return true;
  if (definitions.callables.size > 0) return false;
  return (isUnlabelled && isMostlyWords(text)) || isAnnouncedAsOutput(block);
}

function isAnnouncedAsOutput({ lead, headings }: ReadBlock): boolean {
  const label = lead.trim() === '' ? (headings.at(-1) ?? '') : lastLine(lead);
  return outputLabel.test(label) && !/\b(?:function|class|code|implementation)\b/i.test(label);
}

/** The folders and files of a project, by indentation alone. */
function isTree(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const entries = lines.filter((line) =>
    /^\s*[\w.@[\]-]+(?:\/[\w.@[\]-]*)*\s*(?:(?:#|\/\/|<-|←).*)?$/.test(line),
  );
  return (
    lines.some((line) => /^\s*[\w.@-]+\/\s*(?:#.*)?$/.test(line)) && entries.length === lines.length
  );
}

/** A fence around sentences, such as one left open before the explanation. */
function isMostlyWords(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const sentences = lines.filter((line) =>
    /^\s*[A-Z]\w*(?:\s+[\w'`",()-]+){4,}.*[.:,`]?\s*$/.test(line),
  );
  return lines.length === 0 || sentences.length * 2 > lines.length;
}

function isTests({ path, text }: ReadBlock): boolean {
  if (path !== null)
    return /(?:^|\/)(?:tests?|__tests__|specs?)\/|(?:^|\/)test_|[._](?:test|spec)s?\./i.test(path);
  return (
    /^\s*(?:describe|it|test)(?:\.\w+)?\(\s*['"`]/m.test(text) ||
    /^\s*(?:async )?def test_\w*\(|^class \w+\(.*TestCase\):|^\s*@Test\b|^func Test\w+\(/m.test(
      text,
    )
  );
}

/** A block that defines nothing and only calls what another one defines, or shows a dialogue with it. */
function isUsage({ path, text, definitions }: ReadBlock, callables: ReadonlySet<string>): boolean {
  if (/^(?:>>> |In \[\d+\]: )/m.test(text) && definitions.callables.size === 0) return true;
  if (path !== null || definitions.callables.size > 0) return false;
  return [...definitions.used].some((name) => callables.has(name));
}

function lastLine(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.slice(trimmed.lastIndexOf('\n') + 1).trim();
}
