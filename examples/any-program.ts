// Any program that reads a prompt and prints an answer is a model; the same configuration works in a file.
import assert from 'node:assert/strict';
import { defineConfig, Orchestrator } from 'multi-model-orchestrator';

const answer = JSON.stringify('```js\nexport const add = (a, b) => a + b;\n```');
const program = `process.stdin.resume().on("end", () => console.log(${answer}))`;

const config = defineConfig({
  runners: {
    script: { type: 'command', command: [process.execPath, '-e', program], prompt: 'stdin' },
  },
});
const result = new Orchestrator({ config }).runSync('Write add(a, b)', { models: ['script'] });

process.stdout.write(`${result.consensusCode}\n`);
assert.equal(result.consensusCode, 'export const add = (a, b) => a + b;');
assert.equal(result.files[0]?.language, 'javascript');
