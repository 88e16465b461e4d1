import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { connect } from 'node:tls';
import { requestText, signedSlip } from '@shared/domain/number-slips';
import { AppError } from '@shared/result/result';
import type { LanAnswer } from '@shared/sync/lan-numbers';
import { hostOf, lanAddressSchema, portOf } from '@shared/sync/lan-numbers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UnitDevices, type UnitDevicesRecord } from '../../../electron/identity/unit-devices';
import { askNumber } from '../../../electron/network/ask-number';
import { makeListenerCertificate } from '../../../electron/network/listener-certificate';
import { NumberListener } from '../../../electron/network/number-listener';
import { machine, plainFile } from '../identity/machine';

type Machine = Awaited<ReturnType<typeof machine>>;

let holder: Machine;
let asker: Machine;
let stranger: Machine;
let known: UnitDevices;
let asked: string[];
let answer: LanAnswer;
const opened: NumberListener[] = [];

const signed = (device: string, text: string, proof: string): Promise<boolean> =>
  known.signedByActive(device, text, proof);

async function listen(as: Machine): Promise<string> {
  const listener = new NumberListener({
    device: () => as.entry.id,
    sign: (text) => as.device.sign(text),
    signed,
    answer: (slip) => {
      asked.push(slip);
      return Promise.resolve(answer);
    },
    onDefect: (error) => {
      throw error;
    },
  });
  opened.push(listener);
  await listener.open(0);
  const [first = ''] = listener.addresses();
  expect(lanAddressSchema.safeParse(first).success).toBe(true);
  return `127.0.0.1:${portOf(first)}`;
}

function requestOf({ device, entry }: Machine): string {
  const document = {
    id: 'vb-1',
    unit: 'huyen',
    type: 'Quyết định',
    symbol: 'QĐ-LĐLĐ',
    subject: 'Khen thưởng',
  };
  const text = requestText(document, entry.id, '2026-11-21T08:00:00+07:00');
  return signedSlip(text, device.sign(text));
}

const ask = (address: string, slip: string): Promise<string> =>
  askNumber({ address, device: holder.entry.id }, slip, signed);

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

beforeEach(async () => {
  [holder, asker, stranger] = [await machine('GIU-SO'), await machine('XIN-SO'), await machine('LA')];
  known = new UnitDevices(plainFile<UnitDevicesRecord>());
  await known.replace({ devices: [holder.entry, asker.entry], clockAheadMs: 0 });
  asked = [];
  answer = { slip: 'CVDACAP|…' };
});
afterEach(async () => {
  for (const listener of opened.splice(0)) await listener.close();
});

describe('cấp số qua mạng nội bộ, không có máy chủ', () => {
  it('the request of a machine of the unit reaches the holder of the book, and its answer comes back', async () => {
    const slip = requestOf(asker);
    expect(await ask(await listen(holder), slip)).toBe('CVDACAP|…');
    expect(asked).toEqual([slip]);
  });

  it('why there is no number comes back as it is', async () => {
    answer = { code: 'BOOK_NOT_HELD' };
    expect(await codeOf(ask(await listen(holder), requestOf(asker)))).toBe('BOOK_NOT_HELD');
  });

  it('a machine that is not of the unit, was shut out, or signed something else, is refused unheard', async () => {
    const address = await listen(holder);
    expect(await codeOf(ask(address, requestOf(stranger)))).toBe('BOOK_TOKEN_INVALID');
    expect(await codeOf(ask(address, requestOf(asker).replace('Khen', 'Cho')))).toBe('BOOK_TOKEN_INVALID');
    expect(await codeOf(ask(address, 'không phải phiếu'))).toBe('BOOK_TOKEN_INVALID');
    const revoked = { ...asker.entry, status: 'revoked' as const };
    await known.replace({ devices: [holder.entry, revoked], clockAheadMs: 0 });
    expect(await codeOf(ask(address, requestOf(asker)))).toBe('BOOK_TOKEN_INVALID');
    expect(asked).toEqual([]);
  });

  it('a machine that only pretends to hold the book never sees the request', async () => {
    for (const pretender of [stranger, asker]) {
      const address = await listen({ ...pretender, entry: { ...pretender.entry, id: holder.entry.id } });
      expect(await codeOf(ask(address, requestOf(asker)))).toBe('LAN_OTHER_MACHINE');
    }
    expect(await codeOf(ask(await listen(asker), requestOf(asker)))).toBe('LAN_OTHER_MACHINE');
    expect(asked).toEqual([]);
  });

  it('who listens there and speaks something else, or nobody, is said so', async () => {
    const silent = createServer((socket) =>
      socket
        .on('error', () => undefined)
        .resume()
        .end('220 mail\r\n'),
    );
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { readonly port: number };
    expect(await codeOf(ask(`127.0.0.1:${port}`, requestOf(asker)))).toBe('LAN_UNREACHABLE');
    await new Promise((resolve) => silent.close(resolve));
    expect(await codeOf(ask(`127.0.0.1:${port}`, requestOf(asker)))).toBe('LAN_UNREACHABLE');
  });

  it('rubbish, requests without end and plain HTTP harm nobody: the next one is answered', async () => {
    const address = await listen(holder);
    const long = `POST /v1/number HTTP/1.1\r\nhost: a\r\ncontent-length: 9000000\r\n\r\n${'x'.repeat(20_000)}`;
    expect(await say(address, long)).toContain(' 403 ');
    expect(
      await say(address, 'GET /../../etc/passwd HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n'),
    ).toContain(' 404 ');
    expect(await say(address, '\u0000\u0001 rubbish\r\n\r\n')).toContain(' 400 ');
    await fetch(`http://${address}/v1/listener`).catch(() => null);
    expect(await ask(address, requestOf(asker))).toBe('CVDACAP|…');
  });

  it('a port that another program has leaves any other one', async () => {
    const address = await listen(holder);
    const second = new NumberListener({
      device: () => 'GIU-SO',
      sign: (text) => holder.device.sign(text),
      signed,
      answer: () => Promise.resolve(answer),
      onDefect: () => undefined,
    });
    opened.push(second);
    await second.open(portOf(address));
    const [other = ''] = second.addresses();
    expect(portOf(other)).not.toBe(portOf(address));
    expect(await ask(`127.0.0.1:${portOf(other)}`, requestOf(asker))).toBe('CVDACAP|…');
  });

  it('the certificate of the connection is one that OpenSSL reads and finds signed', () => {
    const { der } = makeListenerCertificate('GIU-SO');
    const said = execFileSync(
      'openssl',
      ['x509', '-inform', 'DER', '-noout', '-text', '-fingerprint', '-sha256'],
      {
        input: der,
      },
    ).toString();
    expect(said).toContain('CN = GIU-SO');
    expect(said).toContain('NIST CURVE: P-256');
    const pem = execFileSync('openssl', ['x509', '-inform', 'DER'], { input: der });
    const verified = execFileSync(
      'sh',
      ['-c', 'f=$(mktemp) && cat > "$f" && openssl verify -check_ss_sig -CAfile "$f" "$f"; rm -f "$f"'],
      {
        input: pem,
      },
    ).toString();
    expect(verified).toContain(': OK');
  });
});

/** Says something over TLS as it is; gives what is answered until the other end closes or has answered. */
function say(address: string, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { host: hostOf(address), port: portOf(address), rejectUnauthorized: false };
    const socket = connect(options, () => socket.write(words));
    socket.once('data', (piece) => {
      resolve(piece.toString());
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
