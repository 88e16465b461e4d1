import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect, type TLSSocket } from 'node:tls';
import { AppError } from '@shared/result/result';
import {
  hostOf,
  lanAnswerSchema,
  lanListenerSchema,
  lanPaths,
  listenerText,
  portOf,
} from '@shared/sync/lan-numbers';
import { parseJson } from '@shared/text/parse-json';
import type { z } from 'zod';

const connectLimitMs = 5_000;
/** The machine that holds the book may have much to do. */
const answerLimitMs = 30_000;
const largestAnswer = 8_192;

export type Holder = {
  /** Where it listens, `host:port`. */
  readonly address: string;
  /** The machine that holds the book. */
  readonly device: string;
};

/**
 * Brings a request slip to the machine that holds the book; gives its answer slip. The slip is sent only after the other
 * end has proved that it is that machine. Errors: LAN_UNREACHABLE, LAN_OTHER_MACHINE, and what the other end answers.
 */
export async function askNumber(
  { address, device }: Holder,
  slip: string,
  signed: (device: string, text: string, proof: string) => Promise<boolean>,
): Promise<string> {
  const socket = await open(address);
  try {
    const fingerprint = createHash('sha256').update(socket.getPeerCertificate().raw).digest('hex');
    const listener = await exchange(socket, 'GET', lanPaths.listener, null, lanListenerSchema);
    const itself =
      listener.device === device && (await signed(device, listenerText(device, fingerprint), listener.proof));
    if (!itself) throw new AppError('LAN_OTHER_MACHINE', address);
    const answer = await exchange(socket, 'POST', lanPaths.number, { slip }, lanAnswerSchema);
    if ('code' in answer) throw new AppError(answer.code, address);
    return answer.slip;
  } finally {
    socket.destroy();
  }
}

/** A connection to whoever listens there; who it is, is asked over it. */
function open(address: string): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostOf(address),
      port: portOf(address),
      minVersion: 'TLSv1.3',
      // No authority vouches for a machine of the office: its own signature over this certificate does.
      rejectUnauthorized: false,
    });
    const fail = (reason: string): void => {
      socket.destroy();
      reject(new AppError('LAN_UNREACHABLE', reason));
    };
    const timer = setTimeout(() => fail('timeout'), connectLimitMs);
    socket.on('error', (error) => fail(error.message));
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
  });
}

/** One request over the open connection. LAN_UNREACHABLE where there is no answer, or one that is not understood. */
function exchange<T>(
  socket: TLSSocket,
  method: 'GET' | 'POST',
  path: string,
  body: object | null,
  schema: z.ZodType<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => reject(new AppError('LAN_UNREACHABLE', reason));
    const headers = { 'content-type': 'application/json', connection: 'keep-alive' };
    const request = httpRequest({ method, path, headers, createConnection: () => socket });
    request.setTimeout(answerLimitMs, () => request.destroy(new Error('timeout')));
    request.once('error', (error) => fail(error.message));
    request.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
        if (text.length > largestAnswer) request.destroy(new Error('too long'));
      });
      response.once('error', (error) => fail(error.message));
      response.once('end', () => {
        const answer = schema.safeParse(parseJson(text));
        if (answer.success) resolve(answer.data);
        else fail(`status ${response.statusCode}`);
      });
    });
    request.end(body === null ? undefined : JSON.stringify(body));
  });
}
