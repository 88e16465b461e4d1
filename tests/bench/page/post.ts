/** What the bench's preload offers: a POST through the main process, as the product's pages make theirs. */
export type BenchDoor = {
  /** One of our server's endpoints with this device's token; the answer was parsed by its schema. */
  readonly ours: (path: string, body: unknown) => Promise<unknown>;
  /** A request to a peer's server. */
  readonly peer: (request: PeerRequest) => Promise<PeerAnswer>;
};
export type PeerRequest = {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};
export type PeerAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export const door = (): BenchDoor => (globalThis as unknown as { benchDoor: BenchDoor }).benchDoor;

/** JSON in, JSON out, at a peer's server. */
export async function postToPeer<T>(url: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const answer = await door().peer({ url, method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${answer.body.slice(0, 200)}`);
  return JSON.parse(answer.body) as T;
}
