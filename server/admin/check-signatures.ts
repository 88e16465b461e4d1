import { nodeCrypto } from '@shared/node/crypto-port';
import type { Outgoing } from '@shared/schema/documents';
import { type CheckReport, checkSignatures } from '@shared/signing/index';
import type { ContentStore } from '../files/content-store';
import { withFileSource } from '../files/file-source';
import type { Database } from '../storage/port';
import { actForServer } from '../storage/scope';

/** What the check of one issued document said; `report` is null when its file is not in the store yet. */
export type CheckedDocument = {
  readonly unit: string;
  readonly id: string;
  readonly sha256: string;
  readonly report: CheckReport | null;
};

/** What the caller trusts and knows, as DER. */
export type Trust = { readonly anchors: readonly Uint8Array[]; readonly crls: readonly Uint8Array[] };

/**
 * Checks the signatures of every issued document in the store, without network, so that a province learns of a file
 * that changed on its disk or was never signed. `now` in milliseconds; `unit` '' for all units.
 */
export async function checkIssuedSignatures(
  database: Database,
  store: ContentStore,
  { anchors, crls }: Trust,
  now: number,
  unit: string,
): Promise<readonly CheckedDocument[]> {
  const documents = await database.transaction('snapshot', async (session) => {
    await actForServer(session);
    const rows = await session.query<{ data: Outgoing }>(
      "select data from entity where coll = 'outgoing' and data->>'state' = 'issued' order by id",
    );
    return rows.map(({ data }) => data).filter((document) => unit === '' || document.unit === unit);
  });
  const checked: CheckedDocument[] = [];
  for (const { unit: owner, id, body } of documents) {
    if (body === null || body.kind !== 'pdf') continue;
    const isHere = (await store.sizeOf(body.sha256)) !== null;
    const report = isHere
      ? await withFileSource(store.pathOf(body.sha256), (source) =>
          checkSignatures(source, { crypto: nodeCrypto, anchors, crls, now }),
        )
      : null;
    checked.push({ unit: owner, id, sha256: body.sha256, report });
  }
  return checked;
}

/** True for a file that is invalid or carries no signature; an open question is no fault. */
export function isFaulty({ report }: CheckedDocument): boolean {
  return report !== null && (report.verdict === 'invalid' || report.verdict === 'unsigned');
}
