import type { PlainClient } from './plain-client';

/** An open event stream: what came so far, and whether the server has ended it. */
export type OpenStream = {
  readonly text: () => string;
  readonly hasEnded: () => boolean;
  readonly stop: () => Promise<void>;
};

/** Opens the event stream of a device. */
export async function openStream(client: PlainClient): Promise<OpenStream> {
  const abort = new AbortController();
  const response = await client.raw('/v1/sync/stream', { signal: abort.signal });
  if (response.status !== 200 || response.body === null) throw new Error(`stream: ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let ended = false;
  const reading = (async () => {
    for (;;) {
      const chunk = await reader.read();
      if (chunk.done) break;
      text += chunk.value;
    }
  })()
    .catch(() => undefined)
    .finally(() => {
      ended = true;
    });
  return { text: () => text, hasEnded: () => ended, stop: async () => (abort.abort(), await reading) };
}
