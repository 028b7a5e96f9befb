import type { ReactNode } from 'react';
import type { ResultJson } from '../../../src/report/json.ts';
import { FilesView } from './files-view.tsx';
import { ProseView } from './prose-view.tsx';

/** The chosen answer: its files, or its text where it has no code. */
export function AnswerView({ result }: { readonly result: ResultJson }): ReactNode {
  const { files, consensus_code } = result;
  if (files.length > 0) return <FilesView files={files} name="chosen answer" />;
  if (consensus_code === '') return <p className="empty">There is no answer to show.</p>;
  return <ProseView text={consensus_code} label="Chosen answer" />;
}
