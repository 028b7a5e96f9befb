import { familyOfModel } from '../domain/family-of-model.ts';
import type { ReviewReason } from '../domain/validation.ts';
import type { Evidence } from './validate.ts';

/** Names the answers that came from a model of another family than the one that was asked, as vendors say it. */
export function identityMismatch({ plan, attempts }: Evidence): readonly ReviewReason[] {
  const strangers = attempts.flatMap((attempt) => {
    const asked = plan.seats.find(({ id }) => id === attempt.seat)?.family;
    const model = attempt.status === 'answered' ? attempt.model : null;
    const answered = model === null ? undefined : familyOfModel(model);
    if (asked === undefined || answered === undefined || answered === asked) return [];
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
