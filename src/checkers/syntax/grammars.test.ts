import { expect, test, vi } from 'vitest';
import * as treeSitter from 'web-tree-sitter';
import { shippedGrammars } from './grammars.ts';

test('shippedGrammars() starts one engine for all that load grammars at the same time', async () => {
  const init = vi.spyOn(treeSitter.Parser, 'init');
  const [one, other] = [shippedGrammars(), shippedGrammars()];
  const loading = [one('python'), one('javascript'), other('python'), other('go')];
  for (const grammar of await Promise.all(loading)) {
    const tree = grammar.parse('a = 1\n');
    expect(tree?.rootNode.childCount).toBe(1);
    tree?.delete();
  }
  expect(init).toHaveBeenCalledTimes(1);
  init.mockRestore();
});
