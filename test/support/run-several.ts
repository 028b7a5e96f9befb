/** Runs several tasks with the library, two at a time: `run-several.ts BASE_URL HISTORY NAME`. */
import { Orchestrator } from '../../src/app/orchestrator.ts';

const [baseURL = '', history = '', name = ''] = process.argv.slice(2);
const runners = { codex: { type: 'openai-compatible' as const, baseURL, model: 'codex' } };
const orchestrator = new Orchestrator({ history, config: { runners, localServers: false } });

for (const turn of [1, 2]) {
  const tasks = ['a', 'b'].map((half) => `Add ${name} ${turn} ${half}`);
  await Promise.all(tasks.map((task) => orchestrator.run(task, { models: ['codex'] })));
}
