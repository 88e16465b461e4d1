import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { derOctets, derOid, derSequence, derSetOf, encodeDer } from '../../../shared/signing/asn1/der';
import { latin1Bytes } from '../../../shared/signing/bytes';
import { findEntry, readCrl } from '../../../shared/signing/certificates/crl';
import { costOf } from '../../processor-time';

const count = 500_000;

/** A list as a national authority publishes it: serial numbers of 16 octets, each with its reason. */
function makeList(): Uint8Array {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = derSequence(derOid('1.2.840.10045.4.3.2'));
  const name = derSequence(derSetOf(derSequence(derOid('2.5.4.3'), encodeDer(0x0c, latin1Bytes('Lon')))));
  const time = encodeDer(0x17, latin1Bytes('260101000000Z'));
  const reason = derSequence(derSequence(derOid('2.5.29.21'), derOctets(encodeDer(0x0a, Uint8Array.of(1)))));
  const entry = Buffer.from(derSequence(serialOf(0), time, reason));
  const entries = Buffer.alloc(entry.length * count);
  for (let i = 0; i < count; i++) {
    entry.copy(entries, i * entry.length);
    entries.writeUInt32BE(i, i * entry.length + entry.length - (time.length + reason.length) - 4);
  }
  const version = encodeDer(0x02, Uint8Array.of(1));
  const tbs = derSequence(version, algorithm, name, time, encodeDer(0x30, entries));
  const signature = new Uint8Array(sign('sha256', tbs, privateKey));
  return derSequence(tbs, algorithm, encodeDer(0x03, Uint8Array.of(0), signature));
}

function serialOf(number: number): Uint8Array {
  const octets = Buffer.alloc(16, 0x11);
  octets.writeUInt32BE(number, 12);
  return encodeDer(0x02, octets);
}

test('a list of 500,000 certificates is read and searched within two seconds of work', async () => {
  const der = makeList();
  expect(der.length).toBeGreaterThan(20_000_000);
  const before = process.memoryUsage().heapUsed;
  const { result, ms } = await costOf(() => {
    const crl = readCrl(der, nodeCrypto);
    const find = (serial: number) => findEntry(crl, serialOf(serial), crl.comparableIssuer);
    return { crl, last: find(count - 1), none: find(count) };
  });
  process.stdout.write(`CRL of ${der.length} bytes: read and searched twice in ${Math.round(ms)} ms\n`);
  expect(result.last).toEqual({ revokedAt: Date.UTC(2026, 0, 1), reason: 'keyCompromise' });
  expect(result.none).toBeNull();
  expect(ms).toBeLessThan(2000);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200 * 1024 * 1024);
});
