import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import { endpoints, protocolHeaders } from '@shared/sync/protocol';
import { parseJson } from '@shared/text/parse-json';
import type { ServerClient } from './server-client';

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** The server sends a heartbeat every 25 s; silence of more than twice that means the line is dead. */
const silenceMs = 60_000;

export type ServerEventsListener = {
  onPoke(buckets: readonly string[]): void;
  onState(online: boolean, reason: ErrorCode | ''): void;
};

/**
 * Listens to the server's stream for as long as the application runs and says "pull now" and whether the server can be
 * reached. The stream never carries data. Each new connection counts as a poke: something may have been missed.
 */
export function listenToServer(
  client: ServerClient,
  listener: ServerEventsListener,
  random: () => number,
): { stop(): void } {
  const stopping = new AbortController();
  void listenForever(client, listener, random, stopping.signal);
  return { stop: () => stopping.abort() };
}

async function listenForever(
  client: ServerClient,
  listener: ServerEventsListener,
  random: () => number,
  stopped: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!stopped.aborted) {
    try {
      await listenOnce(
        client,
        stopped,
        () => {
          failures = 0;
          listener.onState(true, '');
        },
        listener,
      );
      failures += 1;
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'SERVER_UNREACHABLE';
      // Before enrolment there is nobody to call: look again soon, so that the first connection is not late.
      failures = code === 'NOT_ENROLLED' ? 0 : failures + 1;
      listener.onState(false, code);
    }
    const ceiling = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 8));
    await pause(ceiling / 2 + (random() * ceiling) / 2, stopped);
  }
}

async function listenOnce(
  client: ServerClient,
  stopped: AbortSignal,
  onOpen: () => void,
  listener: ServerEventsListener,
): Promise<void> {
  const connection = new AbortController();
  const hangUp = (): void => connection.abort();
  stopped.addEventListener('abort', hangUp, { once: true });
  let timer = setTimeout(hangUp, silenceMs);
  try {
    const response = await fetch(client.address(endpoints.stream), {
      headers: { ...protocolHeaders, ...(await client.authorization()), accept: 'text/event-stream' },
      signal: connection.signal,
    });
    if (!response.ok || response.body === null) throw new AppError('SERVER_REFUSED', String(response.status));
    onOpen();
    listener.onPoke([]);
    for await (const event of eventsOf(response.body)) {
      clearTimeout(timer);
      timer = setTimeout(hangUp, silenceMs);
      if (event.type === 'poke') listener.onPoke(bucketsOf(event.data));
    }
  } finally {
    clearTimeout(timer);
    stopped.removeEventListener('abort', hangUp);
  }
}

/** Events of a text/event-stream body; comments (heartbeats) come as type ''. */
async function* eventsOf(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<{ readonly type: string; readonly data: string }> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    for (let end = rest.indexOf('\n\n'); end !== -1; end = rest.indexOf('\n\n')) {
      const lines = rest.slice(0, end).split('\n');
      rest = rest.slice(end + 2);
      const value = (name: string): string =>
        lines
          .find((line) => line.startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trim() ?? '';
      yield { type: value('event'), data: value('data') };
    }
  }
}

/** The buckets that a poke names; none where it cannot be read, which still means "pull now". */
function bucketsOf(data: string): readonly string[] {
  const parsed = parseJson(data);
  const list = typeof parsed === 'object' && parsed !== null && 'b' in parsed ? parsed.b : [];
  return Array.isArray(list) ? list.filter((bucket): bucket is string => typeof bucket === 'string') : [];
}

function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', go);
      resolve();
    };
    const timer = setTimeout(go, ms);
    stopped.addEventListener('abort', go);
  });
}
