import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** Makes a certificate store (NSS) in `folder` that trusts one root, as `pdfsig -nssdir` reads it. */
export function trustStore(folder: string, rootCertificate: string): string {
  const store = path.join(folder, 'nss');
  mkdirSync(store);
  execFileSync('certutil', ['-N', '-d', `sql:${store}`, '--empty-password']);
  execFileSync('certutil', ['-A', '-d', `sql:${store}`, '-n', 'root', '-t', 'CT,C,C', '-i', rootCertificate]);
  return store;
}

export type SignatureVerdict = {
  readonly signer: string;
  readonly signature: string;
  readonly certificate: string;
  readonly whole: boolean;
};

/** What `pdfsig`, which knows nothing of this program, says about each signature. */
export function pdfsig(file: string, store: string): readonly SignatureVerdict[] {
  const output = execFileSync('pdfsig', ['-nssdir', `sql:${store}`, file], { encoding: 'utf8' });
  return output
    .split(/^Signature #/m)
    .slice(1)
    .map((text) => ({
      signer: /Signer Certificate Common Name: (.*)/.exec(text)?.[1] ?? '',
      signature: /Signature Validation: (.*)/.exec(text)?.[1] ?? '',
      certificate: /Certificate Validation: (.*)/.exec(text)?.[1] ?? '',
      whole: text.includes('Total document signed'),
    }));
}

/** Complaints of `qpdf --check`; '' when there are none. */
export function qpdfComplaints(file: string): string {
  const { status, stdout, stderr } = spawnSync('qpdf', ['--check', file], { encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}`;
}
