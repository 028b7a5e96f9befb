// Shows an answer while it is written, then cancels a second run in the middle.
import assert from 'node:assert/strict';
import { BaseModelRunner, type ExecuteContext, Orchestrator } from 'multi-model-orchestrator';

class Slow extends BaseModelRunner {
  readonly name = 'slow';

  async execute(prompt: string, { onText, signal }: ExecuteContext): Promise<string> {
    onText('def add');
    if (prompt.includes('for ever'))
      await new Promise((_, reject) => signal.addEventListener('abort', reject));
    onText('(a, b): ...');
    return '```python\ndef add(a, b): ...\n```';
  }
}

const orch = new Orchestrator();
orch.runners['slow'] = new Slow();

let shown = '';
for await (const event of orch.stream('Write add(a, b)', { models: ['slow'] })) {
  if (event.type === 'text-arrived') shown += event.text;
  if (event.type === 'run-ended') process.stdout.write(`${event.result.consensusCode}\n`);
}
assert.equal(shown, 'def add(a, b): ...');

const controller = new AbortController();
let status = '';
for await (const event of orch.stream('Think for ever', {
  models: ['slow'],
  signal: controller.signal,
})) {
  if (event.type === 'text-arrived') controller.abort();
  if (event.type === 'run-ended') status = event.status;
}
assert.equal(status, 'cancelled');
