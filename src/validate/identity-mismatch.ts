import { familiesInModel, isKnownFamily } from '../domain/family-of-model.ts';
import type { ReviewReason } from '../domain/validation.ts';
import type { Evidence } from './validate.ts';

/**
 * Names the answers that came from a model of another family than the one that was asked, as vendors say it. A
 * family that a person made up, and an id that tells nothing, as of a gateway or a deployment, prove nothing.
 */
export function identityMismatch({ plan, attempts }: Evidence): readonly ReviewReason[] {
  const strangers = attempts.flatMap((attempt) => {
    const asked = plan.seats.find(({ id }) => id === attempt.seat)?.family;
    if (asked === undefined || !isKnownFamily(asked)) return [];
    const model = attempt.status === 'answered' ? attempt.model : null;
    const answered = familiesInModel(model ?? '');
    if (answered.length === 0 || answered.includes(asked)) return [];
    return [{ seat: attempt.seat, text: `${attempt.runner} was answered by ${model}` }];
  });
  if (strangers.length === 0) return [];
  const witness = strangers.map(({ text }) => text).join('; ');
  return [
    {
      code: 'identity_mismatch',
      message: `Another model answered than the one that was asked: ${witness}`,
      seats: strangers.map(({ seat }) => seat),
      witness,
    },
  ];
}
