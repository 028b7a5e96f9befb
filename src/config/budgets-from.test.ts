import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { budgetsFrom } from './budgets-from.ts';
import { builtInSettings } from './defaults.ts';
import { projectFolder } from './project-folder.ts';

test('budgetsFrom() lets a file lower what a weaker one allows, and raise nothing', () => {
  const own = budgetsFrom({ budgets: { day: { cost: 5, tokens: 100 } } }, builtInSettings.budgets);
  const project = { budgets: { day: { cost: 9, tokens: 50 }, run: { cost: 1 } } };
  expect(budgetsFrom(project, own)).toMatchObject({
    day: { costUsd: 5, tokens: 50 },
    run: { costUsd: 1, tokens: undefined },
    project: { costUsd: undefined, tokens: undefined },
  });
});

test('projectFolder() is the folder of the file, else the root of the repository, else the folder', () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'project-')));
  const deep = join(root, 'a', 'b');
  mkdirSync(deep, { recursive: true });
  expect(projectFolder(deep)).toBe(deep);
  mkdirSync(join(root, '.git'));
  expect(projectFolder(deep)).toBe(root);
  expect(projectFolder(deep, join(root, 'a', 'orchestrator.config.json'))).toBe(join(root, 'a'));
  rmSync(root, { recursive: true });
});
