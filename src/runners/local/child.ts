import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import type { ChildMessage, ChildRequest } from './child-protocol.ts';

// The program that holds the model. It is a process of its own, so that a crash of native code, a hang or a
// lack of memory is a failure of this model and of nothing else, and so that ending it frees all of that.

/** Tokens that are left for an answer, at least. */
const answerMinTokens = 256;
/** Tokens that the chat format adds around the messages, at most. */
const formatTokens = 64;

/** The part of node-llama-cpp that is used. */
interface Engine {
  getLlama(options: object): Promise<{
    loadModel(options: object): Promise<Model>;
  }>;
  readonly LlamaChatSession: new (options: object) => Session;
}

interface Model {
  readonly trainContextSize: number;
  tokenize(text: string): readonly unknown[];
  createContext(options: object): Promise<{
    readonly contextSize: number;
    getSequence(): Sequence;
  }>;
}

interface Sequence {
  readonly tokenMeter: { readonly usedInputTokens: number; readonly usedOutputTokens: number };
}

interface Session {
  promptWithMeta(prompt: string, options: object): Promise<{ readonly stopReason: string }>;
}

async function answer(request: ChildRequest): Promise<ChildMessage> {
  const { contextTokens, prompt, threads } = request;
  // The engine is not a dependency, so the compiler cannot know the module.
  const engine = (await import(pathToFileURL(request.engineModule).href)) as Engine;
  const llama = await engine.getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    maxThreads: threads,
    progressLogs: false,
    logger: () => undefined,
  });
  const model = await llama.loadModel({ modelPath: request.modelFile, gpuLayers: 0 });
  say({ type: 'working' });
  const roomTokens = Math.min(contextTokens, model.trainContextSize);
  const promptTokens = model.tokenize(prompt.system + prompt.text).length + formatTokens;
  const freeTokens = roomTokens - promptTokens;
  if (freeTokens < answerMinTokens) {
    const message = `The prompt has ${promptTokens} tokens, and the local model takes ${roomTokens - answerMinTokens}`;
    return { type: 'failed', kind: 'input-too-long', message };
  }
  const context = await model.createContext({ threads, contextSize: { max: roomTokens } });
  const sequence = context.getSequence();
  const session = new engine.LlamaChatSession({
    contextSequence: sequence,
    systemPrompt: prompt.system,
  });
  const maxTokens = Math.min(freeTokens, request.maxOutputTokens ?? freeTokens);
  const { stopReason } = await session.promptWithMeta(prompt.text, {
    maxTokens,
    temperature: 0,
    onTextChunk: (chunk: string) => say({ type: 'text', text: chunk }),
  });
  if (stopReason === 'maxTokens') {
    const message = `The answer was cut at ${maxTokens} tokens`;
    return { type: 'failed', kind: 'output-too-long', message };
  }
  const { usedInputTokens, usedOutputTokens } = sequence.tokenMeter;
  return { type: 'done', inputTokens: usedInputTokens, outputTokens: usedOutputTokens };
}

function say(message: ChildMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function failure(error: unknown): ChildMessage {
  const message = error instanceof Error ? error.message : String(error);
  return { type: 'failed', kind: 'unknown', message: message.replaceAll(/\s+/g, ' ') };
}

// What is written to stdin is a ChildRequest: only the runner starts this program.
const told = JSON.parse(await text(process.stdin)) as ChildRequest;
say(await answer(told).catch(failure));
// Native threads would keep the process.
process.stdout.write('', () => process.exit(0));
