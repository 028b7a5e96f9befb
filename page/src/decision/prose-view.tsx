import type { ReactNode } from 'react';
import { safeText } from '../../../src/report/safe-text.ts';
import { CopyButton } from '../shell/copy-button.tsx';

interface ProseViewProps {
  readonly text: string;
  /** What it is, for those who do not see it. */
  readonly label: string;
}

/** Shows an answer without code: its text as it was written, in lines that fit. */
export function ProseView({ text, label }: ProseViewProps): ReactNode {
  return (
    <div className="file">
      <div className="row file-head">
        <span className="quiet">text</span>
        <span className="grow" />
        <CopyButton text={text} what="text" />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <section className="panel answer-text" aria-label={label} tabIndex={0}>
        {safeText(text)}
      </section>
    </div>
  );
}
