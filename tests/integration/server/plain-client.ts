import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { PlainRows } from './plain-rows';

/** A client of the provincial server, written from server/PROTOCOL.md alone: it shares no code with either side. */

export const versions = { 'x-protocol': '1', 'x-schema': '1' } as const;

export type Row = {
  readonly coll: string;
  readonly id: string;
  readonly rev: number;
  readonly gone: boolean;
  readonly data: Record<string, unknown> | null;
};
export type Change = {
  readonly coll: string;
  readonly id: string;
  readonly base: number;
  readonly create: boolean;
  readonly patch: Record<string, unknown>;
};
export type Operation = {
  readonly op: string;
  readonly n: number;
  readonly command: string;
  readonly actor: string;
  readonly at: string;
  readonly changes: readonly Change[];
};
export type Result = {
  readonly op: string;
  readonly status: 'ok' | 'conflict' | 'rejected';
  readonly reason: string;
  readonly rows: readonly Row[];
};
export type PushAnswer = {
  readonly results: readonly Result[];
  readonly lastN: number;
  readonly epoch: string;
};
type PullAnswer = {
  readonly epoch: string;
  readonly lastN: number;
  readonly drop: readonly string[];
  readonly buckets: readonly { bucket: string; rows: readonly Row[]; next: number; more: boolean }[];
};

/** An answer that was not 2xx. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;

  constructor(status: number, code: string, detail: string) {
    super(`${status} ${code} ${detail}`);
    this.status = status;
    this.code = code;
    this.detail = detail;
  }
}

export const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export class PlainClient {
  readonly server: string;
  readonly clock: () => number;
  readonly privateKey: KeyObject;
  readonly publicKey: Record<string, unknown>;
  device = '';
  unit = '';
  access = '';
  epoch = '';
  lastN = 0;
  cursors: Record<string, number> = {};
  readonly held = new PlainRows();
  /** Every operation that was sent, by its number: a restored server gets them again. */
  readonly kept = new Map<number, Operation>();

  constructor(server: string, clock: () => number) {
    this.server = server;
    this.clock = clock;
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.privateKey = pair.privateKey;
    this.publicKey = pair.publicKey.export({ format: 'jwk' }) as Record<string, unknown>;
  }

  /** Everything pulled, by `coll/id`. */
  get rows(): ReadonlyMap<string, Row> {
    return this.held.byKey;
  }

  async raw(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.server + path, {
      ...init,
      headers: {
        ...versions,
        authorization: `Bearer ${this.access}`,
        ...(init.headers as Record<string, string>),
      },
    });
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    const response = await this.raw(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
    return read<T>(response);
  }

  async enrol(code: string): Promise<void> {
    const answer = await this.post<{ deviceId: string; unit: string }>('/v1/enrol', {
      code,
      name: 'Máy thử',
      publicKey: this.publicKey,
    });
    this.device = answer.deviceId;
    this.unit = answer.unit;
  }

  tokenRequest(nonce = randomBytes(16).toString('base64url'), ts = this.clock()) {
    const text = Buffer.from(`${this.device}.${ts}.${nonce}`, 'utf8');
    const signature = sign('sha256', text, { key: this.privateKey, dsaEncoding: 'ieee-p1363' });
    return { deviceId: this.device, ts, nonce, signature: signature.toString('base64url') };
  }

  async login(): Promise<void> {
    const { access } = await this.post<{ access: string }>('/v1/token', this.tokenRequest());
    this.access = access;
  }

  operation(actor: string, command: string, changes: readonly Change[], n = this.lastN + 1): Operation {
    return { op: `${this.device}:${n}`, n, command, actor, at: '2026-03-02T08:00:00+07:00', changes };
  }

  async push(...ops: readonly Operation[]): Promise<PushAnswer> {
    for (const operation of ops) this.kept.set(operation.n, operation);
    const answer = await this.post<PushAnswer>('/v1/sync/push', { epoch: this.epoch, ops });
    this.lastN = answer.lastN;
    return answer;
  }

  /** Sends one operation and gives its result. */
  async act(actor: string, command: string, ...changes: readonly Change[]): Promise<Result> {
    const answer = await this.push(this.operation(actor, command, changes));
    const result = answer.results[0];
    if (result === undefined) throw new Error('no result');
    return result;
  }

  /** Pulls until nothing is left; `settled` says that everything was read before, and everything kept was answered. */
  async pull(limit = 500, settled = false): Promise<void> {
    for (let more = true; more; ) {
      const answer = await this.post<PullAnswer>('/v1/sync/pull', {
        epoch: this.epoch,
        cursors: this.cursors,
        limit,
        settled,
      });
      this.epoch = answer.epoch;
      this.lastN = Math.max(this.lastN, answer.lastN);
      for (const { bucket, rows, next } of answer.buckets) {
        for (const row of rows) this.held.store(bucket, row);
        this.cursors[bucket] = next;
      }
      for (const bucket of answer.drop) {
        this.held.drop(bucket);
        delete this.cursors[bucket];
      }
      more = answer.buckets.some((bucket) => bucket.more);
    }
  }

  /** The server has another history (409): everything is read again, and what it lacks of the own work is sent again. */
  async startOver(epoch: string): Promise<void> {
    Object.assign(this, { epoch, cursors: {}, lastN: 0 });
    this.held.clear();
    await this.pull();
    const lacking = [...this.kept.values()].filter(({ n }) => n > this.lastN).sort((a, b) => a.n - b.n);
    for (let first = 0; first < lacking.length; first += 200)
      await this.push(...lacking.slice(first, first + 200));
    await this.pull(500, true);
  }

  /** A pulled row that must be there. */
  row(coll: string, id: string): Row & { readonly data: Record<string, unknown> } {
    const row = this.rows.get(`${coll}/${id}`);
    if (row?.data == null) throw new Error(`${coll}/${id} was not pulled`);
    return { ...row, data: row.data };
  }

  /** The digest of a bucket by the own rows. */
  ownDigest(bucket = `unit:${this.unit}`): string {
    return this.held.digestOf(bucket);
  }
}

/** The body of a good answer; {@link Refused} otherwise. */
export async function read<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as T;
  let refusal: { code?: string; detail?: string };
  try {
    refusal = JSON.parse(text) as typeof refusal;
  } catch {
    throw new Refused(response.status, `not JSON: ${text.slice(0, 100)}`, '');
  }
  throw new Refused(response.status, refusal.code ?? '', refusal.detail ?? '');
}

/** The refusal that a request must end in. */
export async function refusalOf(request: Promise<unknown>): Promise<Refused> {
  try {
    await request;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error('the server did not refuse');
}
