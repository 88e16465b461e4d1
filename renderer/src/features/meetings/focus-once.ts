/** As the `ref` of a button that answers a question: the cursor waits there when the question appears. */
export function focusOnce(button: HTMLButtonElement | null): void {
  button?.focus();
}
