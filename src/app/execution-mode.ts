/** How many models a task is worth; `AUTO` lets the task's text decide. */
export const ExecutionMode: {
  /** One primary, no validator. */
  readonly SIMPLE: 'simple';
  /** Two primaries, one validator. */
  readonly MEDIUM: 'medium';
  /** Two primaries, two validators. */
  readonly COMPLEX: 'complex';
  /** All models, each with its own perspective, and no validator. */
  readonly ARCHITECTURAL: 'architectural';
  readonly AUTO: 'auto';
} = {
  SIMPLE: 'simple',
  MEDIUM: 'medium',
  COMPLEX: 'complex',
  ARCHITECTURAL: 'architectural',
  AUTO: 'auto',
};

/** The value of one of {@link ExecutionMode}'s members. */
export type ExecutionMode = (typeof ExecutionMode)[keyof typeof ExecutionMode];
