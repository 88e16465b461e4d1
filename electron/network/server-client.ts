import { AppError } from '@shared/result/result';
import {
  type EnrolResponse,
  endpoints,
  type enrolRequestSchema,
  enrolResponseSchema,
  protocolHeaders,
  tokenResponseSchema,
} from '@shared/sync/protocol';
import type { z } from 'zod';
import type { Device } from '../identity/device';
import { ClockRefusal, parseBody, refusalOf } from './answers';

const timeoutMs = 30_000;
/** A token is renewed this long before it ends, so that a slow request does not outlive it. */
const renewAheadMs = 60_000;

type EnrolRequest = z.infer<typeof enrolRequestSchema>;
type Token = { readonly access: string; readonly expiresAt: number };

/** What a request needs besides its path. */
export type Call = {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'PATCH';
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as they are, in place of `body`. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
  /** Ends the request in place of the usual limit of 30 s. */
  readonly signal?: AbortSignal;
};

/**
 * Speaks to the provincial server for this device: one place that knows address and token. Network trouble and every
 * refusal become an {@link AppError}; a body is parsed before anybody sees it.
 */
export class ServerClient {
  private readonly device: Device;
  private readonly clock: () => number;
  private token: Token | null = null;
  /** The latest time that the server told, in milliseconds since 1970; null before it was reached. */
  serverTime: number | null = null;

  constructor(device: Device, clock: () => number) {
    this.device = device;
    this.clock = clock;
  }

  /** Asks a server to take this device in with a one-time code. Errors: ENROL_CODE_INVALID, SERVER_UNREACHABLE. */
  async enrol(server: string, request: EnrolRequest): Promise<EnrolResponse> {
    const response = await reach(new URL(endpoints.enrol, server), { method: 'POST', body: request }, {});
    return parseBody(response, enrolResponseSchema);
  }

  async post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    return parseBody(await this.call(path, { method: 'POST', body }), schema);
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return parseBody(await this.call(path, { method: 'GET' }), schema);
  }

  /** One request with this device's token; a token that the server no longer takes is renewed once. */
  async call(path: string, call: Call): Promise<Response> {
    const record = this.device.current();
    if (record === null) throw new AppError('NOT_ENROLLED');
    try {
      return await reach(new URL(path, record.server), call, await this.authorization());
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'FORBIDDEN' || error.detail !== 'token')
        throw await this.noteRevocation(error);
    }
    this.token = null;
    return reach(new URL(path, record.server), call, await this.authorization());
  }

  /** Header with a token that is good for at least a minute. */
  async authorization(): Promise<Record<string, string>> {
    if (this.token === null || this.token.expiresAt - renewAheadMs < this.clock())
      this.token = await this.newToken();
    return { authorization: `Bearer ${this.token.access}` };
  }

  /** Absolute address of a path on this device's server. */
  address(path: string): string {
    const record = this.device.current();
    if (record === null) throw new AppError('NOT_ENROLLED');
    return new URL(path, record.server).toString();
  }

  /** A machine made of a backup first takes the identity for itself, before it says or asks anything else. */
  private async replaceKey(): Promise<void> {
    if (this.device.replaceKeyRequest(this.clock()) === null) return;
    const url = new URL(this.address(endpoints.deviceKey));
    try {
      await this.inTime((ts) => reach(url, { method: 'POST', body: this.device.replaceKeyRequest(ts) }, {}));
    } catch (error) {
      throw await this.noteRevocation(error);
    }
    await this.device.keyReplaced();
  }

  private async newToken(): Promise<Token> {
    await this.replaceKey();
    const record = this.device.current();
    if (record === null) throw new AppError('NOT_ENROLLED');
    const url = new URL(endpoints.token, record.server);
    try {
      const response = await this.inTime((ts) =>
        reach(url, { method: 'POST', body: this.device.tokenRequest(ts) }, {}),
      );
      const { access, expiresAt, now } = await parseBody(response, tokenResponseSchema);
      // Validity is measured by the server's clock; ours may be years off.
      this.serverTime = Math.max(Date.parse(now), this.serverTime ?? 0);
      return { access, expiresAt: expiresAt - Date.parse(now) + this.clock() };
    } catch (error) {
      throw await this.noteRevocation(error);
    }
  }

  /**
   * Sends what is signed with a time. A clock that is wrong by hours is told to people (`isClockOff`) and keeps no work back:
   * refused for it, the device signs once more with the time of the server.
   */
  private async inTime(send: (ts: number) => Promise<Response>): Promise<Response> {
    try {
      return await send(this.clock());
    } catch (error) {
      if (!(error instanceof ClockRefusal) || Number.isNaN(error.serverTime)) throw error;
      return send(error.serverTime);
    }
  }

  private async noteRevocation(error: unknown): Promise<unknown> {
    if (error instanceof AppError && error.code === 'DEVICE_REVOKED') await this.device.markRevoked();
    return error;
  }
}

async function reach(url: URL, call: Call, authorization: Record<string, string>): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: call.method,
      headers: {
        ...protocolHeaders,
        ...authorization,
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...call.headers,
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.bytes === undefined ? {} : { body: call.bytes }),
      redirect: 'error',
      signal: call.signal ?? AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    throw new AppError('SERVER_UNREACHABLE', error instanceof Error ? error.name : undefined);
  }
  if (response.ok) return response;
  throw await refusalOf(response);
}
