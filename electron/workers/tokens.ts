import path from 'node:path';
import { openPkcs11Module } from '../tokens/pkcs11-module';
import { openParentPort } from './protocol/parent-port';
import { serveJobs } from './protocol/serve-jobs';
import { tokenJobs } from './tokens/token-jobs';

/** Compiled code cannot be bundled: it lies beside the bundle, in the package outside the archive. */
const native = path.join(import.meta.dirname, 'native', 'koffi.node');
const driver = process.argv[2] ?? '';

serveJobs(
  openParentPort(),
  tokenJobs(() => openPkcs11Module(native, driver)),
);
