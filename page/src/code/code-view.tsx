import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { safeText } from '../../../src/report/safe-text.ts';
import { type Chunk, chunksOf } from './chunks.ts';
import { highlight, type Token } from './highlight.ts';

interface CodeViewProps {
  readonly text: string;
  readonly language: string | null;
  readonly label: string;
}

/** Shows code with line numbers and, where the language is known, colours; what would deceive the eye is made visible. */
export function CodeView({ text, language, label }: CodeViewProps): ReactNode {
  const shown = useMemo(() => safeText(text), [text]);
  const tokens = useTokens(shown, language);
  const chunks = useMemo(() => chunksOf(tokens), [tokens]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className="code" aria-label={label} tabIndex={0}>
      {chunks.map((chunk) => (
        <CodeChunk key={chunk.firstLine} chunk={chunk} />
      ))}
    </section>
  );
}

function CodeChunk({ chunk }: { readonly chunk: Chunk }): ReactNode {
  const { firstLine, lineCount, tokens } = chunk;
  const numbers = Array.from({ length: lineCount }, (_, index) => firstLine + index).join('\n');
  return (
    <div className="code-chunk" style={{ containIntrinsicBlockSize: `${lineCount * 1.5}em` }}>
      <pre className="gutter" aria-hidden="true">
        {numbers}
      </pre>
      <pre className="lines">
        <code>
          {tokens.map(({ kind, text }, index) =>
            kind === null ? (
              text
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of a text never change their places.
              <span key={index} className={`token-${kind}`}>
                {text}
              </span>
            ),
          )}
        </code>
      </pre>
    </div>
  );
}

function useTokens(text: string, language: string | null): readonly Token[] {
  const plain = useMemo(
    () => ({ text, tokens: [{ kind: null, text }] as readonly Token[] }),
    [text],
  );
  const [coloured, setColoured] = useState(plain);
  useEffect(() => {
    let current = true;
    highlight(text, language).then(
      (tokens) => current && tokens && setColoured({ text, tokens }),
      // Code without colours is still code.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [text, language]);
  return coloured.text === text ? coloured.tokens : plain.tokens;
}
