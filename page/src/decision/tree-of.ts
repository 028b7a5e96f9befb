/** A folder, or a file with its place in the list that the tree was made of. */
export interface TreeNode {
  readonly name: string;
  /** Null for a folder. */
  readonly file: number | null;
  readonly children: readonly TreeNode[];
}

interface Place {
  readonly path: readonly string[];
  readonly file: number;
}

/** Arranges paths as a tree by name, folders first; a file without a path is called by its number. */
export function treeOf(paths: readonly (string | null)[]): readonly TreeNode[] {
  return nodesOf(
    paths.map((path, file) => ({
      path: (path ?? `file ${file + 1}`).split('/').filter((part) => part !== ''),
      file,
    })),
  );
}

function nodesOf(places: readonly Place[]): readonly TreeNode[] {
  const folders = Map.groupBy(
    places.filter(({ path }) => path.length > 1),
    ({ path }) => path[0] ?? '',
  );
  const inside = [...folders].map(([name, all]) => ({
    name,
    file: null,
    children: nodesOf(all.map(({ path, file }) => ({ path: path.slice(1), file }))),
  }));
  const files = places
    .filter(({ path }) => path.length <= 1)
    .map(({ path, file }) => ({ name: path[0] ?? `file ${file + 1}`, file, children: [] }));
  return [...inside.toSorted(byName), ...files.toSorted(byName)];
}

function byName(a: TreeNode, b: TreeNode): number {
  return a.name.localeCompare(b.name, 'en', { numeric: true });
}
