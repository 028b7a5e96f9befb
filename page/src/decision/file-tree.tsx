import type { ReactNode } from 'react';
import { safeLine } from '../../../src/report/safe-text.ts';
import type { FileJson } from './shapes.ts';
import { type TreeNode, treeOf } from './tree-of.ts';

interface FileTreeProps {
  readonly files: readonly FileJson[];
  readonly at: number;
  readonly onAt: (index: number) => void;
}

/** Lists the files of an answer by their folders. */
export function FileTree({ files, at, onAt }: FileTreeProps): ReactNode {
  return (
    <nav className="file-tree" aria-label="Files">
      <Level nodes={treeOf(files.map(({ path }) => path))} at={at} onAt={onAt} />
    </nav>
  );
}

interface LevelProps {
  readonly nodes: readonly TreeNode[];
  readonly at: number;
  readonly onAt: (index: number) => void;
}

function Level({ nodes, at, onAt }: LevelProps): ReactNode {
  return (
    <ul>
      {nodes.map(({ name, file, children }) => (
        <li key={`${name} ${file}`}>
          {file === null ? (
            <>
              <span className="folder">{safeLine(name)}/</span>
              <Level nodes={children} at={at} onAt={onAt} />
            </>
          ) : (
            <button
              type="button"
              className="tree-file"
              aria-current={file === at ? 'true' : undefined}
              onClick={() => onAt(file)}
            >
              {safeLine(name)}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
