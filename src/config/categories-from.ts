import type { Category } from '../domain/category.ts';
import { badConfiguration, type Flaw, type Origin, shown } from './bad-configuration.ts';
import { checkRunners, unknownRunner } from './check-runners.ts';
import { closestName } from './closest-name.ts';
import type { CategoryConfig } from './config-file.ts';
import { generalCategory } from './defaults.ts';

interface Surroundings {
  /** The names that runners have. */
  readonly known: readonly string[];
  readonly origin: Origin;
}

/** Adds configured categories to those of before: further ones come last, yet before `general`. */
export function categoriesFrom(
  config: Readonly<Record<string, CategoryConfig | false>>,
  base: readonly Category[],
  { known, origin }: Surroundings,
): readonly Category[] {
  const categories = new Map(base.map((category) => [category.name, category]));
  for (const [name, entry] of Object.entries(config)) {
    const flaw = flawOf(name, entry, categories);
    if (flaw) throw badConfiguration(origin, flaw);
    if (entry === false) {
      categories.delete(name);
      continue;
    }
    checkNames(name, entry, { known, origin });
    categories.set(name, categoryFrom(name, entry, categories.get(name)));
  }
  return [...categories.values()].toSorted((a, b) => place(a) - place(b));
}

/** Sorting is stable, so that all others keep their order. */
function place({ name }: Category): number {
  return name === generalCategory ? 1 : 0;
}

function flawOf(
  name: string,
  entry: CategoryConfig | false,
  categories: ReadonlyMap<string, Category>,
): Flaw | undefined {
  const path = ['categories', name];
  if (name === generalCategory) return generalFlaw(entry);
  if (entry === false) {
    return categories.has(name)
      ? undefined
      : { path, says: `is false, but there is no such category${meant(name, categories)}` };
  }
  if (entry.validator !== undefined && entry.validators !== undefined) {
    return { path, says: 'has validator and validators, wanted one of them' };
  }
  if (entry.keywords?.length === 0) {
    return { path: [...path, 'keywords'], says: 'is an empty list, wanted words that show it' };
  }
  const missing = categories.has(name) ? undefined : missingKey(entry);
  if (!missing) return undefined;
  return {
    path: [...path, missing],
    says: `is missing, wanted a list: no category has this name yet${meant(name, categories)}`,
  };
}

function generalFlaw(entry: CategoryConfig | false): Flaw | undefined {
  const path = ['categories', generalCategory];
  if (entry === false) {
    return { path, says: 'is false, wanted an object: it serves what no keyword decides' };
  }
  if (entry.keywords === undefined || entry.keywords.length === 0) return undefined;
  return {
    path: [...path, 'keywords'],
    says: 'is a list, wanted nothing: the category serves what no keyword decides',
  };
}

function meant(name: string, categories: ReadonlyMap<string, Category>): string {
  const close = closestName(name, [...categories.keys()]);
  return close === undefined ? '' : `; did you mean ${close}`;
}

function missingKey(entry: CategoryConfig): 'keywords' | 'primaries' | undefined {
  if (entry.keywords === undefined) return 'keywords';
  return entry.primaries === undefined ? 'primaries' : undefined;
}

function checkNames(name: string, entry: CategoryConfig, { known, origin }: Surroundings): void {
  const path = ['categories', name];
  checkRunners(entry.primaries, known, { origin, path: [...path, 'primaries'] });
  checkRunners(entry.validators, known, { origin, path: [...path, 'validators'] });
  if (entry.validator !== undefined && !known.includes(entry.validator)) {
    const says = unknownRunner(entry.validator, known);
    throw badConfiguration(origin, { path: [...path, 'validator'], says });
  }
  const both = ownReviewer(entry);
  if (both) throw badConfiguration(origin, { ...both, path: [...path, ...both.path] });
}

/** A runner that an entry names for both roles. */
function ownReviewer({ primaries = [], validator, validators }: CategoryConfig): Flaw | undefined {
  const listed = validators ?? (validator === undefined ? [] : [validator]);
  const index = listed.findIndex((name) => primaries.includes(name));
  if (index === -1) return undefined;
  const says = `is ${shown(listed[index])}, wanted a runner that is none of the primaries: no model reviews its own answer`;
  return { path: validators ? ['validators', index] : ['validator'], says };
}

function categoryFrom(name: string, entry: CategoryConfig, before: Category | undefined): Category {
  const primaries = entry.primaries ?? before?.primaries ?? [];
  return {
    name,
    keywords: entry.keywords ?? before?.keywords ?? [],
    primaries,
    validators: entry.validators ?? inheritedValidators(entry, before, primaries),
  };
}

/** Those of before, with displaced primaries after them, so that no runner checks its own answer. */
function inheritedValidators(
  { validator }: CategoryConfig,
  before: Category | undefined,
  primaries: readonly string[],
): readonly string[] {
  const free = [...(before?.validators ?? []), ...(before?.primaries ?? [])].filter(
    (name) => name !== validator && !primaries.includes(name),
  );
  return validator === undefined ? free : [validator, ...free];
}
