import { type DragEvent, type ReactNode, useId, useRef, useState } from 'react';
import type { SourceFile } from '../../../src/domain/task.ts';
import { safeLine } from '../../../src/report/safe-text.ts';
import { FieldError } from './field-error.tsx';
import { readFiles } from './read-files.ts';

interface FileFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly files: readonly SourceFile[];
  /** What is wrong with the files; undefined for nothing. */
  readonly mistake: string | undefined;
  readonly onFiles: (files: readonly SourceFile[]) => void;
  readonly onReading: (isReading: boolean) => void;
}

/** Takes files by choosing or by dropping them, as text alone. */
export function FileField({
  label,
  hint,
  files,
  mistake,
  onFiles,
  onReading,
}: FileFieldProps): ReactNode {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [isReading, setIsReading] = useState(false);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const tell = (isOn: boolean): void => {
    setIsReading(isOn);
    onReading(isOn);
  };
  const take = async (chosen: readonly File[]): Promise<void> => {
    tell(true);
    const read = await readFiles(files, chosen);
    setRefused(read.refused);
    onFiles(read.files);
    if (input.current) input.current.value = '';
    tell(false);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    // Those that are being read would be forgotten for these.
    if (!isReading) void take([...event.dataTransfer.files]);
  };
  const onDragOver = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(true);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the file input inside does the same by keyboard.
    <div
      className={isOver ? 'drop-zone over' : 'drop-zone'}
      onDragOver={onDragOver}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
    >
      <label htmlFor={id}>{label}</label>
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
      <input
        id={id}
        ref={input}
        type="file"
        multiple
        disabled={isReading}
        aria-describedby={`${id}-hint ${id}-error`}
        onChange={(event) => void take([...(event.target.files ?? [])])}
      />
      <FileList files={files} onFiles={onFiles} />
      <FieldError id={`${id}-error`} line={mistake} />
      {refused.length > 0 && (
        <div className="field-error" role="alert">
          <ul>
            {refused.map((line) => (
              <li key={line}>{safeLine(line)}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function FileList({ files, onFiles }: Pick<FileFieldProps, 'files' | 'onFiles'>): ReactNode {
  if (files.length === 0) return null;
  return (
    <ul className="file-list">
      {files.map(({ path, text }) => (
        <li key={path}>
          <code>{safeLine(path)}</code>
          <span className="quiet">{sizeText(text.length)}</span>
          <button
            type="button"
            className="button small"
            aria-label={`Remove ${safeLine(path)}`}
            onClick={() => onFiles(files.filter((file) => file.path !== path))}
          >
            Remove
          </button>
        </li>
      ))}
    </ul>
  );
}

function sizeText(length: number): string {
  return length < 1024 ? `${length} B` : `${(length / 1024).toFixed(1)} KiB`;
}
