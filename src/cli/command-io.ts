import type { ReadStream, WriteStream } from 'node:tty';

/** What a command is given of the process that it runs in. */
export interface CommandIo {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
  /** The environment, read once. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working directory, absolute. */
  readonly cwd: string;
}
