import { type ReactNode, useState } from 'react';
import { safeLine } from '../../../src/report/safe-text.ts';
import { CodeView } from '../code/code-view.tsx';
import { CopyButton } from '../shell/copy-button.tsx';
import { FileTree } from './file-tree.tsx';
import type { FileJson } from './shapes.ts';

interface FilesViewProps {
  readonly files: readonly FileJson[];
  /** Whose files they are, for those who do not see them. */
  readonly name: string;
}

/** Shows the files of an answer: a tree where there are several, and the chosen one. */
export function FilesView({ files, name }: FilesViewProps): ReactNode {
  const [at, setAt] = useState(0);
  const file = files[Math.min(at, files.length - 1)];
  if (!file) return <p className="empty">This answer has no code.</p>;
  const path = safeLine(file.path ?? 'without a file name');
  const lines = file.text.split('\n').length;
  return (
    <div className={files.length > 1 ? 'files with-tree' : 'files'}>
      {files.length > 1 && <FileTree files={files} at={at} onAt={setAt} />}
      <div className="file">
        <div className="row file-head">
          <code>{path}</code>
          <span className="quiet">
            {file.language ?? 'text'}, {lines} {lines === 1 ? 'line' : 'lines'}
          </span>
          <span className="grow" />
          <CopyButton text={file.text} what="code" />
        </div>
        <CodeView text={file.text} language={file.language} label={`${path} of ${name}`} />
      </div>
    </div>
  );
}
