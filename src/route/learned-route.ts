import type { Availability } from '../domain/availability.ts';
import type { RouteLearning } from '../domain/learning.ts';
import type { Route } from '../domain/plan.ts';
import type { Task } from '../domain/task.ts';
import { explorationFloor, type Learned, learnedOrder } from './learned-order.ts';
import { type Routes, ranking, route } from './route.ts';

/**
 * Routes a task, by what is known of runs of the past where the task is to go by them and enough is known. The
 * reason says which of the two it was, and `learning` has the numbers.
 */
export function learnedRoute(
  task: Task,
  routes: Routes,
  availability: ReadonlyMap<string, Availability>,
): Route {
  const usual = route(task, routes);
  if (!routes.learned) return usual;
  const order = orderFor(usual, { task, routes, availability, learned: routes.learned });
  if (order.learning.status === 'not-used') return withLearning(usual, order.learning);
  return withLearning(route(task, routes, order.runners), order.learning);
}

interface Ordering {
  readonly task: Task;
  readonly routes: Routes;
  readonly availability: ReadonlyMap<string, Availability>;
  readonly learned: Learned;
}

/** The runners of the category, and how they came into their order; who cannot be asked here comes last. */
function orderFor(
  usual: Route,
  { task, routes, availability, learned }: Ordering,
): { readonly learning: RouteLearning; readonly runners: readonly string[] } {
  const category = routes.categories.find(({ name }) => name === usual.category);
  if (task.models || !category) {
    return { learning: { status: 'not-used', because: 'the models were named' }, runners: [] };
  }
  const ranked = ranking(category).filter((name) => !task.validators?.includes(name));
  const here = ranked.filter((name) => availability.get(name)?.status === 'available');
  const learning = learnedOrder(learned, {
    category: category.name,
    runners: here,
    seats: task.selection?.adaptive ? 1 : usual.primaries.length,
    strengthOf: (runner) => routes.standingOf?.(runner, category.name).strength,
  });
  const drawn = learning.status === 'used' ? learning.draws.map(({ runner }) => runner) : [];
  return { learning, runners: [...drawn, ...ranked.filter((name) => !here.includes(name))] };
}

function withLearning(chosen: Route, learning: RouteLearning): Route {
  return { ...chosen, learning, reason: `${chosen.reason}; ${reasonOf(learning)}` };
}

function reasonOf(learning: RouteLearning): string {
  if (learning.status === 'not-used') return `the history was not used: ${learning.because}`;
  if (!learning.explored) return 'the order was drawn by what the history says of the models';
  const share = `${100 * explorationFloor} %`;
  return `the order was drawn by chance, so that each model is asked in ${share} of all runs at least`;
}
