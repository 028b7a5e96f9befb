import { z } from 'zod';
import type { ConfinedCommand, ConfinedProcess, Sandbox } from '../../domain/sandbox.ts';
import { type DriverMessage, driverMessage } from '../driver-message.ts';
import { type Frame, Frames } from './frames.ts';

/** How a fork ended. */
export interface ForkEnd {
  /** Which limit the server ended it for; null for none. */
  readonly reason: 'cpu' | 'wall' | 'output' | null;
  /** The exit code, or the negative number of the signal. */
  readonly status: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly maxRssKiB: number;
}

const endSchema: z.ZodType<ForkEnd> = z.object({
  reason: z.enum(['cpu', 'wall', 'output']).nullable(),
  status: z.int(),
  cpuMs: z.number(),
  wallMs: z.number(),
  maxRssKiB: z.number(),
});
const readySchema = z.object({ ready: z.literal(true) });

/** One job for a fork. */
export interface ForkJob extends DriverMessage {
  /** Takes the lines of the driver. */
  readonly onResult: (data: Uint8Array) => void;
  /** Takes what the program writes on its own stdout. */
  readonly onOutput: (data: Uint8Array) => void;
  /** Milliseconds after which the server itself is taken for stuck. */
  readonly patienceMs: number;
}

/** What a server is started with. */
export interface ForkServerOptions {
  readonly sandbox: Sandbox;
  readonly command: ConfinedCommand;
  /** How each fork is confined. */
  readonly policy: unknown;
}

/** A warm interpreter that forks for each job, one job at a time. After a surprise it is of no more use. */
export class ForkServer {
  readonly #process: ConfinedProcess;
  readonly #stop = new AbortController();
  readonly #frames = new Frames();
  #job: ForkJob | undefined;
  #answer = Promise.withResolvers<unknown>();
  #jobs = 0;
  #isLost = false;

  private constructor({ sandbox, command, policy }: ForkServerOptions) {
    // A failure is told to whoever waits for an answer; there may be nobody.
    this.#answer.promise.catch(() => undefined);
    this.#process = sandbox.start(command, {
      signal: this.#stop.signal,
      onOutput: (chunk) => {
        for (const frame of this.#frames.push(chunk)) this.#take(frame);
      },
    });
    void this.#process.ended.then(({ outcome, stderr }) => {
      this.#lose(new Error(`the fork server ended: ${JSON.stringify(outcome)} ${stderr}`.trim()));
    });
    this.#process.write(driverMessage({ told: policy }));
  }

  /** Resolves when the server takes jobs; rejects when it does not come up. */
  static async start(options: ForkServerOptions): Promise<ForkServer> {
    const server = new ForkServer(options);
    try {
      readySchema.parse(await server.#answer.promise);
    } catch (error) {
      await server.close();
      throw error;
    }
    return server;
  }

  /** Jobs that it has done. */
  get jobs(): number {
    return this.#jobs;
  }

  /** Whether it is of no more use. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Runs one job in a fork; rejects when the server was lost or the signal aborted, by which it is lost too. */
  async run(job: ForkJob, signal: AbortSignal): Promise<ForkEnd> {
    const stuck = setTimeout(
      () => this.#lose(new Error('the fork server is stuck')),
      job.patienceMs,
    );
    const abort = (): void => this.#lose(new Error('the fork server was stopped'));
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    try {
      this.#answer = Promise.withResolvers();
      this.#answer.promise.catch(() => undefined);
      if (this.isLost) throw new Error('the fork server has ended');
      this.#job = job;
      this.#jobs += 1;
      this.#process.write(driverMessage(job));
      return endSchema.parse(await this.#answer.promise);
    } finally {
      clearTimeout(stuck);
      signal.removeEventListener('abort', abort);
      this.#job = undefined;
    }
  }

  /** Ends the server. */
  async close(): Promise<void> {
    this.#lose(new Error('the fork server was closed'));
    await this.#process.ended;
  }

  #take({ kind, data }: Frame): void {
    if (kind === 'R') this.#job?.onResult(data);
    if (kind === 'O') this.#job?.onOutput(data);
    if (kind === 'E') this.#answer.resolve(JSON.parse(data.toString('utf8')));
  }

  #lose(error: Error): void {
    this.#isLost = true;
    this.#stop.abort();
    this.#answer.reject(error);
  }
}
