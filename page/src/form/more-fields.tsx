import type { ReactNode } from 'react';
import type { RouteWish } from '../../../src/domain/learning.ts';
import type { MergeWhen } from '../../../src/domain/task.ts';
import { ChoiceField } from './choice-field.tsx';
import type { Draft } from './draft.ts';
import type { FormPart } from './form-part.ts';
import { NumberField } from './number-field.tsx';
import { SwitchField } from './switch-field.tsx';

const routes: Readonly<Record<RouteWish, string>> = {
  usual: 'by category',
  learned: 'by past runs',
};

const merges: Readonly<Record<MergeWhen, string>> = {
  auto: 'where it can help',
  never: 'never',
  always: 'always',
};

/** The names of the fields that are shown here. */
export const moreNames: readonly (keyof Draft)[] = [
  'route',
  'merge',
  'timeout',
  'retries',
  'max_tokens',
  'adaptive',
  'strict',
  'model_tests',
];

/** Takes what is seldom changed. */
export function MoreFields({ form }: { readonly form: FormPart }): ReactNode {
  return (
    <>
      <div className="settings">
        <ChoiceField
          form={form}
          name="route"
          label="Who is asked first"
          hint="By past runs: those models of the category that fared best so far."
          meanings={routes}
        />
        <ChoiceField
          form={form}
          name="merge"
          label="One answer made of all"
          hint="Written by one more call; it is taken only where it loses nothing."
          meanings={merges}
        />
        <NumberField
          form={form}
          name="timeout"
          label="Time for each model"
          unit="seconds"
          hint="Retries and waits are within it. A model can have its own in the configuration."
        />
        <NumberField
          form={form}
          name="retries"
          label="Retries"
          unit="more tries"
          hint="After a failure that may pass, such as an overloaded server."
        />
        <NumberField
          form={form}
          name="max_tokens"
          label="Budget in tokens"
          unit="tokens"
          hint="Of all prompts and answers of the run together."
        />
      </div>
      <div className="settings">
        <SwitchField
          form={form}
          name="adaptive"
          label="Begin with one model"
          hint="The others are asked only where the first does not settle the task."
        />
        <SwitchField
          form={form}
          name="strict"
          label="Ask no stand-in"
          hint="A model that is away is missing; no other takes its seat."
        />
        <SwitchField
          form={form}
          name="model_tests"
          label="Tests by the reviewers"
          hint="While the others answer, reviewers write tests for the answers."
        />
      </div>
    </>
  );
}
