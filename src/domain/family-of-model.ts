/** Whose model it is by what stands in its id; models of one origin err alike. The first match counts. */
const familyPatterns: readonly (readonly [pattern: RegExp, family: string])[] = [
  [/claude|sonnet|opus|haiku/, 'claude'],
  [/deepseek/, 'deepseek'],
  [/qwen|qwq/, 'qwen'],
  [/gpt|codex|davinci|(^|[/-])o[1-9]/, 'gpt'],
  [/gemini|gemma/, 'gemini'],
  [/grok/, 'grok'],
  [/mistral|mixtral|codestral|devstral|magistral/, 'mistral'],
  [/llama/, 'llama'],
  [/phi-?\d/, 'phi'],
  [/starcoder/, 'starcoder'],
  [/granite/, 'granite'],
  [/glm/, 'glm'],
  [/kimi|moonshot/, 'kimi'],
  [/command-r/, 'command-r'],
  [/(^|[/-])yi-/, 'yi'],
];

/** The family of a model by its id; undefined for an id that tells nothing. */
export function familyOfModel(id: string): string | undefined {
  const lower = id.toLowerCase();
  return familyPatterns.find(([pattern]) => pattern.test(lower))?.[1];
}
