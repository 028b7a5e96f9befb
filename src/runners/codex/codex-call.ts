import { join } from 'node:path';
import type { CliCall, CliQuestion } from '../../vendor-cli/vendor-cli.ts';

/** Where the own provider asks unless told otherwise. */
const openAiUrl = 'https://api.openai.com/v1';

/** What is switched off; what cannot be is kept from writing by the read-only sandbox. */
const disabled = [
  'plugins',
  'apps',
  'shell_snapshot',
  'shell_tool',
  'unified_exec',
  'multi_agent',
  'goals',
  'sleep_tool',
  'tool_suggest',
  'image_generation',
  'view_image',
  'hooks',
  'unbounded_connection_retries',
] as const;

const config = [
  'analytics.enabled=false',
  'web_search="disabled"',
  'project_doc_max_bytes=0',
  'skills.include_instructions=false',
  'skills.bundled.enabled=false',
  'include_environment_context=false',
  'include_permissions_instructions=false',
] as const;

/** How Codex is started: as few tools as it allows, nothing of the user's settings, nothing kept. */
export function codexCall(question: CliQuestion): CliCall {
  const { folder, model, system, text } = question;
  const instructions = `model_instructions_file=${toml(join(folder, 'system.md'))}`;
  return {
    args: [
      ...['exec', '--json', '--ephemeral', '--skip-git-repo-check'],
      ...['--ignore-user-config', '--ignore-rules', '-s', 'read-only', '-C', join(folder, 'work')],
      ...(model === undefined ? [] : ['-m', model]),
      ...[instructions, ...config, ...providerOf(question)].flatMap((line) => ['-c', line]),
      ...disabled.flatMap((feature) => ['--disable', feature]),
      '-',
    ],
    env: {},
    files: { 'system.md': system || 'You only answer.' },
    input: text,
  };
}

/**
 * A provider of our own, whose retries can be turned off. A ChatGPT login works only with Codex' own
 * provider, which is left alone then.
 */
function providerOf({ baseUrl, credential, limitMs }: CliQuestion): readonly string[] {
  if (credential.status !== 'key' && baseUrl === undefined) return [];
  const provider = [
    'name="OpenAI"',
    `base_url=${toml(baseUrl ?? openAiUrl)}`,
    'wire_api="responses"',
    'requires_openai_auth=true',
    'supports_websockets=false',
    'request_max_retries=0',
    'stream_max_retries=0',
    `stream_idle_timeout_ms=${Math.ceil(limitMs)}`,
  ].join(',');
  return ['model_provider="orchestrator"', `model_providers.orchestrator={${provider}}`];
}

/** A basic string of TOML, which is one of JSON but for DEL. */
function toml(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}
