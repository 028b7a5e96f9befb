// A language model of 250 kB in the GGUF format: one layer of random weights whose output layer is made so
// that it says one sentence, whatever it is asked, and ends.

/** What the model says. */
export const tinyAnswer = 'Yes it works';
const answerTokens: readonly string[] = ['Yes', '▁it', '▁works'];

const embedding = 64;
const special = ['<unk>', '<s>', '</s>'];
const endToken = 2;
const bytes = Array.from({ length: 256 }, (_, value) => {
  const digits = value.toString(16).toUpperCase().padStart(2, '0');
  return `<0x${digits}>`;
});
const tokens = [...special, ...bytes, ...answerTokens];
const firstAnswer = special.length + bytes.length;
/** Of each token by llama.cpp's numbers: unknown, control, byte, normal. */
const tokenTypes = [2, 3, 3, ...bytes.map(() => 6), ...answerTokens.map(() => 1)];

const type = { uint32: 4, int32: 5, float32: 6, string: 8, array: 9 } as const;

/** Makes the file; the same bytes each time. */
export function tinyGguf(): Buffer {
  const tensors = tensorsOf(randomNumbers(7));
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(3),
    uint64(tensors.length),
    uint64(metadata.length),
    ...metadata,
    ...described(tensors),
  ]);
  return Buffer.concat([padded(head), ...tensors.map(({ data }) => padded(data))]);
}

const metadata: readonly Buffer[] = [
  entry('general.architecture', type.string, text('llama')),
  entry('general.file_type', type.uint32, uint32(0)),
  entry('llama.context_length', type.uint32, uint32(2048)),
  entry('llama.embedding_length', type.uint32, uint32(embedding)),
  entry('llama.block_count', type.uint32, uint32(1)),
  entry('llama.feed_forward_length', type.uint32, uint32(embedding)),
  entry('llama.attention.head_count', type.uint32, uint32(2)),
  entry('llama.attention.head_count_kv', type.uint32, uint32(2)),
  entry('llama.rope.dimension_count', type.uint32, uint32(embedding / 2)),
  entry('llama.attention.layer_norm_rms_epsilon', type.float32, float32(1e-5)),
  entry('llama.vocab_size', type.uint32, uint32(tokens.length)),
  entry('tokenizer.ggml.model', type.string, text('llama')),
  entry('tokenizer.ggml.tokens', type.array, list(type.string, tokens.map(text))),
  entry(
    'tokenizer.ggml.scores',
    type.array,
    list(
      type.float32,
      tokens.map((_, index) => float32(-index)),
    ),
  ),
  entry('tokenizer.ggml.token_type', type.array, list(type.int32, tokenTypes.map(uint32))),
  entry('tokenizer.ggml.bos_token_id', type.uint32, uint32(1)),
  entry('tokenizer.ggml.eos_token_id', type.uint32, uint32(endToken)),
  entry('tokenizer.ggml.unknown_token_id', type.uint32, uint32(0)),
];

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Buffer;
}

function tensorsOf(random: () => number): readonly Tensor[] {
  const square = [embedding, embedding];
  const weak = (name: string) =>
    tensor(
      `blk.0.${name}.weight`,
      square,
      square.flatMap(() =>
        Array.from({ length: (embedding * embedding) / 2 }, () => (random() - 0.5) / 100),
      ),
    );
  const ones = (name: string) =>
    tensor(
      name,
      [embedding],
      Array.from({ length: embedding }, () => 1),
    );
  const vectors = tokens.map(() => [8, ...signs(embedding - 1, random)]);
  const all = [embedding, tokens.length];
  return [
    tensor('token_embd.weight', all, vectors.flat()),
    tensor(
      'output.weight',
      all,
      tokens.flatMap((_, token) => outputOf(token, vectors)),
    ),
    ones('output_norm.weight'),
    ones('blk.0.attn_norm.weight'),
    ones('blk.0.ffn_norm.weight'),
    ...['attn_q', 'attn_k', 'attn_v', 'attn_output', 'ffn_gate', 'ffn_up', 'ffn_down'].map(weak),
  ];
}

/**
 * What a token is preferred after. The first number of every vector is the same: the start of the answer is
 * liked by it (8 x 5), and by the other 63 each next token is liked more, after the one before it (63 x 1).
 */
function outputOf(token: number, vectors: readonly (readonly number[])[]): readonly number[] {
  const nothing = Array.from({ length: embedding }, () => 0);
  if (token === firstAnswer) return [5, ...nothing.slice(1)];
  const isNext = token > firstAnswer || token === endToken;
  if (!isNext) return nothing;
  const before = token === endToken ? tokens.length - 1 : token - 1;
  return [0, ...(vectors[before]?.slice(1) ?? [])];
}

function described(tensors: readonly Tensor[]): readonly Buffer[] {
  let offset = 0;
  return tensors.map(({ data, name, shape }) => {
    const info = [
      text(name),
      uint32(shape.length),
      ...shape.map(uint64),
      uint32(0),
      uint64(offset),
    ];
    offset += padded(data).length;
    return Buffer.concat(info);
  });
}

function tensor(name: string, shape: readonly number[], values: readonly number[]): Tensor {
  return { name, shape, data: Buffer.from(Float32Array.from(values).buffer) };
}

function signs(length: number, random: () => number): readonly number[] {
  return Array.from({ length }, () => (random() < 0.5 ? -1 : 1));
}

/** Numbers from 0 to 1 that are the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

function entry(key: string, kind: number, value: Buffer): Buffer {
  return Buffer.concat([text(key), uint32(kind), value]);
}

function list(kind: number, items: readonly Buffer[]): Buffer {
  return Buffer.concat([uint32(kind), uint64(items.length), ...items]);
}

function text(value: string): Buffer {
  const encoded = Buffer.from(value);
  return Buffer.concat([uint64(encoded.length), encoded]);
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

function uint64(value: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
}

function float32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeFloatLE(value);
  return buffer;
}

/** GGUF begins each part at a multiple of 32. */
function padded(buffer: Buffer): Buffer {
  return Buffer.concat([buffer, Buffer.alloc((32 - (buffer.length % 32)) % 32)]);
}
