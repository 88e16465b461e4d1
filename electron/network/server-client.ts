import type { ErrorCode } from '@shared/result/codes';
import { errorCodes } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import {
  type EnrolResponse,
  endpoints,
  type enrolRequestSchema,
  enrolResponseSchema,
  protocolHeaders,
  refusalSchema,
  tokenResponseSchema,
} from '@shared/sync/protocol';
import type { z } from 'zod';
import type { Device } from '../identity/device';

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
    const request = this.device.replaceKeyRequest(this.clock());
    if (request === null) return;
    try {
      await reach(new URL(this.address(endpoints.deviceKey)), { method: 'POST', body: request }, {});
    } catch (error) {
      throw await this.noteRevocation(error);
    }
    await this.device.keyReplaced();
  }

  private async newToken(): Promise<Token> {
    await this.replaceKey();
    const record = this.device.current();
    const request = this.device.tokenRequest(this.clock());
    if (record === null || request === null) throw new AppError('NOT_ENROLLED');
    try {
      const response = await reach(
        new URL(endpoints.token, record.server),
        { method: 'POST', body: request },
        {},
      );
      const { access, expiresAt, now } = await parseBody(response, tokenResponseSchema);
      // Validity is measured by the server's clock; ours may be years off.
      this.serverTime = Math.max(Date.parse(now), this.serverTime ?? 0);
      return { access, expiresAt: expiresAt - Date.parse(now) + this.clock() };
    } catch (error) {
      throw await this.noteRevocation(error);
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

async function refusalOf(response: Response): Promise<AppError> {
  const text = await response.text().catch(() => '');
  const refusal = refusalSchema.safeParse(parseJson(text));
  const code = refusal.success ? refusal.data.code : '';
  if (response.status === 401) return new AppError('FORBIDDEN', 'token');
  // The same words would blame the disk of this machine.
  if (code === 'DISK_FULL') return new AppError('SERVER_DISK_FULL');
  if (isErrorCode(code)) return new AppError(code, refusal.success ? refusal.data.detail : undefined);
  if (response.status === 426) return new AppError('UPDATE_REQUIRED');
  if (response.status === 429 || response.status === 503) return new AppError('SERVER_BUSY');
  return new AppError('SERVER_REFUSED', String(response.status));
}

async function parseBody<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(parseJson(await response.text()));
  if (!parsed.success) throw new AppError('SERVER_REFUSED', 'answer');
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isErrorCode(code: string): code is ErrorCode {
  return (errorCodes as readonly string[]).includes(code);
}
