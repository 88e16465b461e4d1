/**
 * Lets every field of a form say what is wrong with it and puts the cursor into the first such field.
 * @returns true when nothing is wrong
 */
export function checkForm(form: HTMLFormElement): boolean {
  if (form.checkValidity()) return true;
  const first = form.querySelector<HTMLElement>('input:invalid, textarea:invalid, select:invalid');
  first?.focus();
  return false;
}
