import { hash } from 'node:crypto';

/** SHA-256 of a text in lower-case hex. */
export function hashOf(text: string): string {
  return hash('sha256', text);
}

/** The same without leaving this thread: a promise that is resolved already. */
export async function sha256(text: string): Promise<string> {
  return hashOf(text);
}
