import { request } from 'node:http';

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
};

/** How long a stream that does not end by itself is listened to. */
const streamMs = 150;

/**
 * One HTTP request with exactly this path: nothing is normalised. A body that is no text or buffer goes as JSON. A stream of events is
 * cut after a moment.
 */
export function ask(
  server: string,
  wanted: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  },
): Promise<Answer> {
  const { hostname, port } = new URL(server);
  const { body } = wanted;
  const bytes =
    body === undefined
      ? Buffer.alloc(0)
      : typeof body === 'string' || Buffer.isBuffer(body)
        ? Buffer.from(body as string)
        : Buffer.from(JSON.stringify(body), 'utf8');
  const headers = {
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(bytes.length) }),
    ...wanted.headers,
  };
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, path: wanted.path, method: wanted.method, headers },
      (response) => {
        const parts: Buffer[] = [];
        const done = () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString('utf8'),
          });
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('end', done);
        if (String(response.headers['content-type']).startsWith('text/event-stream'))
          setTimeout(() => {
            done();
            sent.destroy();
          }, streamMs);
      },
    );
    sent.once('error', reject);
    sent.end(bytes);
  });
}
