import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { issue, type Office } from './office';
import { sha256 } from './plain-client';

const samples = path.resolve(import.meta.dirname, '../signing/samples');

/** Signatures of issued documents: checked by the server itself, with the same code as on a workstation. */
export function signatureRules(office: () => Office): void {
  const issueFile = async (unit: string, id: string, bytes: Uint8Array) => {
    const result = await issue(await office().newDevice(unit), id, [unit], bytes);
    if (result.status !== 'ok') throw new Error(`outgoing.issue: ${result.reason}`);
  };
  const store = async (unit: string, name: string, bytes: Uint8Array) => {
    const { store: content, uploads } = office().server.context;
    const file = path.join(uploads, `${unit}-${name}`);
    await writeFile(file, bytes);
    await content.adopt(file, sha256(bytes));
  };

  describe('admin check-signatures', () => {
    it('a document whose file has not come yet, then a signed one: no fault', async () => {
      const unit = await office().newUnit();
      const bytes = await readFile(path.join(samples, 'pyhanko', 'minimal-two-fields-signed-twice.pdf'));
      await issueFile(unit, `${unit}-vb-1`, bytes);
      const check = () => office().admin('check-signatures', '--unit', unit);
      expect(await check()).toBe(`${unit}\t${unit}-vb-1\t${sha256(bytes)}\tnot-here\n1 documents, no fault`);
      await store(unit, 'signed', bytes);
      expect(await check()).toContain('\tindeterminate\n1 documents, no fault');
    });

    it('a forged file is named, and the command fails', async () => {
      const unit = await office().newUnit();
      const bytes = await readFile(path.join(samples, 'attacks', 'isa_C.pdf'));
      await issueFile(unit, `${unit}-vb-1`, bytes);
      await store(unit, 'forged', bytes);
      await expect(office().admin('check-signatures', '--unit', unit)).rejects.toThrow(
        `${unit}-vb-1\t${sha256(bytes)}\tinvalid`,
      );
    });
  });
}
