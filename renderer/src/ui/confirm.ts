/** A question about an act that is final in law: what it does and the lawful way to mend it. */
export type Question = {
  readonly title: string;
  /** What will be true afterwards. */
  readonly effect: string;
  /** The lawful counter-act: "đính chính, thay thế hoặc thu hồi". */
  readonly counterAct: string;
  /** Word on the button, e.g. "Cấp số". */
  readonly action: string;
};

type Open = { readonly question: Question; readonly answer: (yes: boolean) => void };

let open: Open | null = null;
const listeners = new Set<() => void>();

/** Asks before cấp số, ký or phát hành; resolves to the answer. Needs `<ConfirmHost/>`, which the frame mounts. */
export function confirmFinal(question: Question): Promise<boolean> {
  open?.answer(false);
  return new Promise((resolve) => {
    const answer = (yes: boolean): void => {
      open = null;
      for (const listener of listeners) listener();
      resolve(yes);
    };
    open = { question, answer };
    for (const listener of listeners) listener();
  });
}

export function openQuestion(): Open | null {
  return open;
}

export function subscribeQuestions(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
