import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

/** How long a pipe is waited for until somebody writes to it, and how often it is looked at meanwhile. */
export interface PipePatience {
  readonly looks: number;
  readonly everyMs: number;
}

/** Five seconds: who writes to it may be a program that is only starting. */
const usualPatience: PipePatience = { looks: 250, everyMs: 20 };

/** The most bytes of one chunk. */
const chunkMaxBytes = 64 * 1024;

/**
 * Reads a file, or what comes out of a pipe, chunk by chunk. Throws what the system says, and an error that says so
 * for a device, which may have no end, and for a pipe to which nobody writes.
 */
export async function* fileChunks(
  path: string,
  patience: PipePatience = usualPatience,
): AsyncGenerator<Buffer> {
  // A pipe with nobody at its other end would hold up whoever opens it.
  await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const found = await file.stat();
  if (found.isCharacterDevice() || found.isBlockDevice()) {
    throw new Error('it is a device, and a file or a pipe is wanted');
  }
  yield* found.isFIFO() ? pipeChunks(file, patience) : chunksOf(file);
}

async function* chunksOf(file: FileHandle): AsyncGenerator<Buffer> {
  for (let chunk = await nextChunk(file); chunk?.length !== 0; chunk = await nextChunk(file)) {
    if (chunk) yield chunk;
  }
}

/** A pipe ends where it is empty and nobody has it open to write. */
async function* pipeChunks(
  file: FileHandle,
  { looks, everyMs }: PipePatience,
): AsyncGenerator<Buffer> {
  let hasWriter = false;
  for (let look = 0; hasWriter || look < looks; look += 1) {
    const chunk = await nextChunk(file);
    if (chunk?.length === 0 && hasWriter) return;
    hasWriter ||= chunk?.length !== 0;
    if (chunk && chunk.length > 0) yield chunk;
    else await setTimeout(everyMs);
  }
  throw new Error('it is a pipe to which nobody writes');
}

/** Empty at the end; undefined where a pipe has nothing yet. */
async function nextChunk(file: FileHandle): Promise<Buffer | undefined> {
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(chunkMaxBytes), 0, chunkMaxBytes);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    const { code }: { readonly code?: unknown } = Object(error);
    if (code === 'EAGAIN') return undefined;
    throw error;
  }
}
