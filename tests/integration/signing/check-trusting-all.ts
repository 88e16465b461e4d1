import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CheckReport } from '../../../shared/signing/index';
import { checkFile, signingTime } from './fixtures';

/** Checks a file while trusting every certificate inside it, so that only the structure can keep it from being valid. */
export async function checkTrustingAll(file: string, workDir: string): Promise<CheckReport> {
  const text = readFileSync(file, 'latin1');
  const certificates = [...text.matchAll(/<\s*(30[0-9a-fA-F\s]{2000,})>/g)].flatMap(([, hex = '']) => {
    const der = path.join(workDir, 'cms.der');
    writeFileSync(der, Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
    try {
      const pem = execFileSync('openssl', ['pkcs7', '-inform', 'DER', '-in', der, '-print_certs'], {
        stdio: 'pipe',
      });
      const blocks = pem.toString().match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? [];
      return blocks.map((block) => new X509Certificate(block));
    } catch {
      // What OpenSSL cannot read has no certificates to trust; the check itself judges it.
      return [];
    }
  });
  const begin = certificates.map(({ validFrom }) => Date.parse(validFrom));
  const anchors = certificates.map(({ raw }) => new Uint8Array(raw));
  return checkFile(file, anchors, { now: begin.length > 0 ? Math.max(...begin) + 864e5 : signingTime });
}
