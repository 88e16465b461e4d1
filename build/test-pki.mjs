// Makes a throw-away certificate authority for tests and demonstrations with the openssl command. Names hold Vietnamese
// letters on purpose: signatures by such authorities are what careless libraries get wrong. Keys are never committed.
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const password = 'matkhau';
const authority = 'Tổ chức chứng thực thử nghiệm Công Văn';

const extensions = {
  root: ['basicConstraints=critical,CA:true', 'keyUsage=critical,keyCertSign,cRLSign'],
  issuing: ['basicConstraints=critical,CA:true,pathlen:0', 'keyUsage=critical,keyCertSign,cRLSign'],
  signer: [
    'basicConstraints=critical,CA:false',
    'keyUsage=critical,digitalSignature,nonRepudiation',
    'extendedKeyUsage=emailProtection,clientAuth',
  ],
};

const defaultPeople = [
  { id: 'nguyen-thi-thuy-duong', name: 'Nguyễn Thị Thuỳ Dương', org: 'Liên đoàn Lao động huyện thử nghiệm' },
  { id: 'pham-ky-ec', name: 'Phạm Kỳ Đức', org: 'Công đoàn cơ sở thử nghiệm', key: 'ec' },
];
const defaultOrganisations = [
  { id: 'ldld-huyen', name: 'Liên đoàn Lao động huyện thử nghiệm' },
  { id: 'cdcs', name: 'Công đoàn cơ sở thử nghiệm' },
];

// `/` and `+` separate attributes in the -subj option.
const escapeName = (name) => name.replace(/[\\/+]/g, '\\$&');

/**
 * Makes a root, an issuing authority, and a PKCS#12 file per person and organisation.
 *
 * @param {string} dir where the files go; emptied first
 * @param {{people?: {id: string, name: string, org: string, key?: 'rsa'|'ec'}[],
 *          organisations?: {id: string, name: string, key?: 'rsa'|'ec'}[], password?: string}} [options]
 * @returns {Promise<{root: string, issuing: string, password: string, p12: Record<string, string>}>} paths of root.pem,
 *   issuing.pem and, by id, of the PKCS#12 files; `<id>.pem` and `<id>.key` lie beside them
 */
export async function makeTestPki(dir, options = {}) {
  const people = options.people ?? defaultPeople;
  const organisations = options.organisations ?? defaultOrganisations;
  const pass = options.password ?? password;
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  const openssl = (...args) => run('openssl', args, { cwd: dir });
  await writeFile(
    join(dir, 'openssl.cnf'),
    '[req]\ndistinguished_name=dn\nstring_mask=utf8only\nutf8=yes\n[dn]\n',
  );

  const makeKey = (id, kind) =>
    kind === 'ec'
      ? openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${id}.key`)
      : openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', `${id}.key`);

  const issue = async ({ id, subject, use, issuer, days, kind }) => {
    await makeKey(id, kind);
    const common = [
      `subjectKeyIdentifier=hash`,
      ...(issuer ? ['authorityKeyIdentifier=keyid:always'] : []),
      ...extensions[use],
    ];
    await writeFile(join(dir, `${id}.ext`), `${common.join('\n')}\n`);
    const request = ['-new', '-utf8', '-config', 'openssl.cnf', '-key', `${id}.key`, '-subj', subject];
    await openssl('req', ...request, '-out', `${id}.csr`);
    const by = issuer
      ? ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial']
      : ['-signkey', `${id}.key`];
    const lifetime = ['-days', String(days), '-sha256', '-extfile', `${id}.ext`];
    await openssl('x509', '-req', '-in', `${id}.csr`, ...by, ...lifetime, '-out', `${id}.pem`);
    await rm(join(dir, `${id}.csr`));
    await rm(join(dir, `${id}.ext`));
  };

  await issue({ id: 'root', subject: `/C=VN/O=${authority}/CN=${authority} (gốc)`, use: 'root', days: 7300 });
  const issuingName = `/C=VN/O=${authority}/CN=${authority} G1`;
  await issue({ id: 'issuing', subject: issuingName, use: 'issuing', issuer: 'root', days: 3650 });
  const subject = (organisation, name) => `/C=VN/O=${escapeName(organisation)}/CN=${escapeName(name)}`;
  const subjects = [
    ...people.map(({ id, name, org, key }) => ({ id, kind: key, subject: subject(org, name) })),
    ...organisations.map(({ id, name, key }) => ({ id, kind: key, subject: subject(name, name) })),
  ];
  const p12 = {};
  for (const { id, kind, subject } of subjects) {
    await issue({ id, subject, use: 'signer', issuer: 'issuing', days: 1095, kind });
    const content = ['-inkey', `${id}.key`, '-in', `${id}.pem`, '-certfile', 'issuing.pem', '-name', id];
    await openssl('pkcs12', '-export', ...content, '-passout', `pass:${pass}`, '-out', `${id}.p12`);
    p12[id] = join(dir, `${id}.p12`);
  }
  return { root: join(dir, 'root.pem'), issuing: join(dir, 'issuing.pem'), password: pass, p12 };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const dir = process.argv[2];
  if (!dir) {
    process.stderr.write('usage: node build/test-pki.mjs DIR\n');
    process.exit(2);
  }
  const { root, p12 } = await makeTestPki(dir);
  process.stdout.write(`${[root, ...Object.values(p12)].join('\n')}\npassword: ${password}\n`);
}
