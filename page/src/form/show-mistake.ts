/** Unfolds what the first mistake of a form is hidden in, and puts the focus into its field. */
export function showMistake(form: HTMLFormElement): void {
  const mistakes = [...form.querySelectorAll('.field-error[id]')];
  for (const mistake of mistakes) {
    const folded = mistake.closest('details');
    if (folded) folded.open = true;
  }
  const described = form.querySelector(`[aria-describedby~="${mistakes[0]?.id}"]`);
  const field = described?.matches('fieldset') ? described.querySelector('input') : described;
  if (field instanceof HTMLElement) field.focus();
}
