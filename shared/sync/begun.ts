/**
 * Lets something that has begun go on without waiting for it. What comes of it, a failure too, is told when the result is
 * called for, and to nobody where it is not.
 */
export function begun<T>(work: Promise<T>): () => Promise<T> {
  const outcome = work.then(
    (value) => () => Promise.resolve(value),
    (error: unknown) => () => Promise.reject(error),
  );
  return async () => (await outcome)();
}
