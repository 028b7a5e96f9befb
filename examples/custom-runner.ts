// Two runners of one's own answer; one of them fails, and the run goes on without it.
import assert from 'node:assert/strict';
import { BaseModelRunner, Orchestrator } from 'multi-model-orchestrator';

class Adder extends BaseModelRunner {
  readonly name = 'adder';

  async execute(): Promise<string> {
    return '```python\ndef add(a, b):\n    return a + b\n```';
  }
}

class Broken extends BaseModelRunner {
  readonly name = 'broken';

  async execute(): Promise<string> {
    throw new Error('out of ideas');
  }
}

const orch = new Orchestrator({ maxRetries: 0 });
orch.runners['adder'] = new Adder();
orch.runners['broken'] = new Broken();
const result = await orch.run('Write add(a, b) in Python', { models: ['adder', 'broken'] });

const failed = result.outputs.filter((output) => !output.success);
process.stdout.write(
  `${result.consensusCode}\n\nfailed: ${failed.map(({ error }) => error).join()}\n`,
);
assert.equal(result.metadata.status, 'degraded');
assert.equal(failed[0]?.model, 'broken');
