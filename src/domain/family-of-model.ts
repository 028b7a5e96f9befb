/** Whose model it is by what stands in its id; models of one origin err alike. The first match counts. */
const familyPatterns: readonly (readonly [pattern: RegExp, family: string])[] = [
  [/claude|sonnet|opus|haiku/, 'claude'],
  [/deepseek/, 'deepseek'],
  [/qwen|qwq/, 'qwen'],
  [/gpt(?!q)|codex|davinci|(^|[/-])o[1-9]/, 'gpt'],
  [/gemini|gemma/, 'gemini'],
  [/grok/, 'grok'],
  [/mistral|mixtral|codestral|devstral|magistral/, 'mistral'],
  [/(?<!o)llama/, 'llama'],
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
  return familiesInModel(id)[0];
}

/** All families that an id names, the likeliest first: a model that was distilled from another names both. */
export function familiesInModel(id: string): readonly string[] {
  const lower = id.toLowerCase();
  return familyPatterns.filter(([pattern]) => pattern.test(lower)).map(([, family]) => family);
}

/** Whether a family is one that ids of models tell, rather than one that a person made up. */
export function isKnownFamily(family: string): boolean {
  return familyPatterns.some(([, known]) => known === family);
}
