/** The shape of a catalogue: the same keys and parameters in every language, any words. */
export type Texts<T> = T extends string
  ? string
  : T extends (...parameters: infer P) => string
    ? (...parameters: P) => string
    : { readonly [K in keyof T]: Texts<T[K]> };

/** What a message about a failure says: what happened, what is safe, what to do. */
export type ErrorText = { readonly what: string; readonly safe: string; readonly todo: string };
