import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { logFailure } from '../log';
import type { Metrics } from './metrics';

const contentType = 'text/plain; version=0.0.4; charset=utf-8';

/** Where metrics are read: a port of its own on loopback, which no proxy passes on. */
export type MetricsServer = { readonly url: string; readonly stop: () => Promise<void> };

/** Answers `GET /metrics` on loopback; port 0 picks a free one. */
export async function listenForMetrics(metrics: Metrics, port: number): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': contentType }).end(text),
      (error: unknown) => {
        logFailure('metrics', error);
        response.writeHead(500).end();
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
