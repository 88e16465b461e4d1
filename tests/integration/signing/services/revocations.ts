import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestPki } from '../fixtures';

const run = promisify(execFile);

/** Revokes `<id>.pem` with the issuing authority's own tool, sets the time of it, and renews the list. */
export async function revoke(pki: TestPki, id: string, at: number): Promise<void> {
  const openssl = (...args: readonly string[]): Promise<{ stdout: string }> =>
    run('openssl', [...args], { cwd: pki.dir });
  const authority = ['ca', '-config', 'openssl.cnf', '-name', 'issuing'];
  await openssl(...authority, '-revoke', `${id}.pem`, '-crl_reason', 'keyCompromise');
  const { stdout } = await openssl('x509', '-in', `${id}.pem`, '-noout', '-serial');
  await setRevocationTime(join(pki.dir, 'issuing.index'), stdout.trim().replace('serial=', ''), at);
  await openssl(...authority, '-gencrl', '-out', 'issuing.crl.pem');
}

/** The third column of the authority's index is the time of the revocation, with its reason. */
async function setRevocationTime(index: string, serial: string, at: number): Promise<void> {
  const digits = new Date(at).toISOString().replace(/\D/g, '');
  const time = `${digits.slice(2, 14)}Z,keyCompromise`;
  const lines = (await readFile(index, 'utf8')).split('\n').map((line) => {
    const columns = line.split('\t');
    return columns[3] === serial ? columns.with(2, time).join('\t') : line;
  });
  await writeFile(index, lines.join('\n'));
}
