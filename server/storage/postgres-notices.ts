import pg from 'pg';
import type { Notices } from './port';

const channel = 'cong_van';
/** Under this name the database lists the connection. */
export const noticesName = 'cong-van-notices';
const reconnectMs = 2_000;

/**
 * Notices by LISTEN and NOTIFY on a connection of their own, made again when it is lost. What is said or heard in
 * between is lost with it: whoever listens also looks for itself now and then.
 */
export function listenToPostgres(
  url: string,
  hear: (text: string) => void,
  onError: (error: Error) => void,
): Notices {
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  const connectLater = () => {
    clearTimeout(retry);
    if (!closed) retry = setTimeout(connect, reconnectMs);
  };
  const connect = () => {
    const next = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 10_000,
      application_name: noticesName,
    });
    next.on('notification', ({ payload }) => hear(payload ?? ''));
    next.on('error', onError);
    next.once('end', () => {
      if (client === next) client = undefined;
      connectLater();
    });
    open(next).catch((error: unknown) => {
      onError(error instanceof Error ? error : new Error(String(error)));
      connectLater();
    });
  };
  const open = async (next: pg.Client) => {
    await next.connect();
    await next.query(`listen ${channel}`);
    if (closed) await next.end();
    else client = next;
  };
  connect();

  return {
    send: async (text) => {
      await client?.query('select pg_notify($1, $2)', [channel, text]);
    },
    close: async () => {
      closed = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
}
