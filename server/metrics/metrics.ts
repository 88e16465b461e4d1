import type { Database } from '../storage/port';
import { Counter, Gauge, Histogram, type Instrument } from './instruments';

const transactionBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const;

/** What the server counts about itself. Labels name routes and results, never a unit, a person or a document. */
export class Metrics {
  readonly requests = new Counter('cong_van_requests_total', 'Requests answered.', [
    'method',
    'route',
    'status',
  ]);
  readonly operations = new Counter('cong_van_operations_total', 'Operations answered, repeats included.', [
    'result',
  ]);
  readonly rowsPulled = new Counter('cong_van_rows_pulled_total', 'Rows sent in answer to pulls.');
  readonly fileBytes = new Counter('cong_van_file_bytes_total', 'Bytes of files received whole, and sent.', [
    'direction',
  ]);
  readonly transactionSeconds = new Histogram(
    'cong_van_transaction_seconds',
    'Database transactions from asking for a connection to their end.',
    transactionBounds,
  );
  readonly #gauges: readonly Instrument[];

  constructor(watched: {
    readonly database: Database;
    readonly streams: () => number;
    readonly transfers: () => number;
  }) {
    const { database } = watched;
    this.#gauges = [
      new Gauge('cong_van_streams_open', 'Open event streams.', watched.streams),
      new Gauge('cong_van_transfers_open', 'Files on their way.', watched.transfers),
      new Gauge('cong_van_database_running', 'Transactions under way.', () => database.load().running),
      new Gauge('cong_van_database_waiting', 'Transactions waiting.', () => database.load().waiting),
      new Gauge('cong_van_database_bytes', 'Size of the database.', () => databaseBytes(database)),
      new Gauge('cong_van_memory_bytes', 'Resident memory of this process.', () => process.memoryUsage.rss()),
    ];
  }

  /** Everything in the text format of Prometheus. */
  async text(): Promise<string> {
    const { requests, operations, rowsPulled, fileBytes, transactionSeconds } = this;
    const all: readonly Instrument[] = [
      requests,
      operations,
      rowsPulled,
      fileBytes,
      transactionSeconds,
      ...this.#gauges,
    ];
    let text = '';
    for (const instrument of all) text += await instrument.text();
    return text;
  }
}

/** Null while the database does not answer: the other metrics are wanted most of all then. */
async function databaseBytes(database: Database): Promise<number | null> {
  try {
    const rows = await database.transaction('snapshot', (session) =>
      session.query<{ bytes: number }>('select pg_database_size(current_database()) as bytes'),
    );
    return rows[0]?.bytes ?? null;
  } catch {
    return null;
  }
}

/** The database with every transaction timed. */
export function timed(database: Database, observe: (seconds: number) => void): Database {
  return {
    ...database,
    transaction: async (mode, work) => {
      const started = process.hrtime.bigint();
      try {
        return await database.transaction(mode, work);
      } finally {
        observe(Number(process.hrtime.bigint() - started) / 1e9);
      }
    },
  };
}
