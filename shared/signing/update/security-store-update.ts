import { hexOf } from '../bytes';
import {
  isArray,
  isRef,
  type PdfArray,
  type PdfDict,
  type PdfRef,
  type PdfValue,
  pdfDict,
  pdfName,
  pdfStream,
  withEntries,
} from '../pdf/pdf-objects';
import { digestOf } from '../ports';
import type { SecurityStore } from '../validation-data/security-store';
import { storedBytes } from '../validation-data/security-store';
import { currentCatalog } from './form-writer';
import type { IncrementalUpdate } from './incremental-update';

/** A kind of validation data: its list in the store, and in the entry of one signature (ISO 32000-2, tables 261, 262). */
type Kind = { readonly list: 'Certs' | 'CRLs' | 'OCSPs'; readonly own: 'Cert' | 'CRL' | 'OCSP' };
const kinds: Readonly<Record<keyof SecurityStore, Kind>> = {
  certificates: { list: 'Certs', own: 'Cert' },
  crls: { list: 'CRLs', own: 'CRL' },
  ocsps: { list: 'OCSPs', own: 'OCSP' },
};
const kindNames = ['certificates', 'crls', 'ocsps'] as const;

/** How many streams of each kind were added. */
export type AddedData = Readonly<Record<keyof SecurityStore, number>>;

type List = {
  readonly known: PdfArray;
  /** Streams by the SHA-256 of their decoded bytes. */
  readonly byDigest: Map<string, PdfRef>;
  readonly added: PdfRef[];
};

/**
 * Adds to the document security store of one update; what is there already is not added again. Each array or dictionary
 * that is an object of its own is changed in its place, so that no other object has to change.
 */
export class SecurityStoreUpdate {
  private readonly update: IncrementalUpdate;
  private readonly store: PdfDict;
  private readonly lists: Readonly<Record<keyof SecurityStore, List>>;
  private readonly entries = new Map<string, PdfDict>();

  private constructor(update: IncrementalUpdate, store: PdfDict, lists: SecurityStoreUpdate['lists']) {
    this.update = update;
    this.store = store;
    this.lists = lists;
  }

  static async open(update: IncrementalUpdate): Promise<SecurityStoreUpdate> {
    const { document } = update;
    const store = (await document.dict((await document.catalog()).get('DSS'))) ?? pdfDict({});
    const read = (kind: Kind): Promise<List> => readList(update, store.get(kind.list));
    const lists = {
      certificates: await read(kinds.certificates),
      crls: await read(kinds.crls),
      ocsps: await read(kinds.ocsps),
    };
    return new SecurityStoreUpdate(update, store, lists);
  }

  get added(): AddedData {
    const { certificates, crls, ocsps } = this.lists;
    return { certificates: certificates.added.length, crls: crls.added.length, ocsps: ocsps.added.length };
  }

  /** Puts in the data of one signature, whose entry is named by the SHA-1 of its /Contents with the padding. */
  async addFor(contents: Uint8Array, data: SecurityStore): Promise<void> {
    const { document } = this.update;
    const key = hexOf(digestOf(document.crypto, 'sha1', contents));
    const known = (await document.dict((await document.dict(this.store.get('VRI')))?.get(key))) ?? null;
    let entry = known ?? pdfDict({});
    for (const name of kindNames) {
      const { own } = kinds[name];
      const before = (await document.array(entry.get(own))) ?? [];
      const listed = new Set(before.filter(isRef).map(({ num }) => num));
      const refs = new Map(data[name].map((der) => this.put(name, der)).map((ref) => [ref.num, ref]));
      const more = [...refs.values()].filter(({ num }) => !listed.has(num));
      if (more.length > 0) entry = withEntries(entry, { [own]: [...before, ...more] });
    }
    if (entry !== known && entry.size > 0) this.entries.set(key, entry);
  }

  private put(name: keyof SecurityStore, der: Uint8Array): PdfRef {
    const { crypto } = this.update.document;
    const list = this.lists[name];
    const digest = hexOf(digestOf(crypto, 'sha256', der));
    const known = list.byDigest.get(digest);
    if (known) return known;
    const ref = this.update.add(pdfStream(pdfDict({ Filter: pdfName('FlateDecode') }), crypto.deflate(der)));
    list.byDigest.set(digest, ref);
    list.added.push(ref);
    return ref;
  }

  /** Writes the store into the update; false when there is nothing new. */
  async write(): Promise<boolean> {
    let store = this.store;
    for (const name of kindNames) {
      const { known, added } = this.lists[name];
      if (added.length > 0) store = this.replace(store, kinds[name].list, [...known, ...added]);
    }
    store = await this.writeEntries(store);
    const isNew = this.entries.size > 0 || Object.values(this.added).some((count) => count > 0);
    if (store === this.store) return isNew;
    const catalog = await currentCatalog(this.update);
    const place = catalog.get('DSS');
    if (isRef(place) && this.store.size > 0) this.update.set(place, store);
    else
      this.update.set(
        this.update.document.rootRef,
        withEntries(catalog, { DSS: this.update.add(withEntries(store, { Type: pdfName('DSS') })) }),
      );
    return true;
  }

  private async writeEntries(store: PdfDict): Promise<PdfDict> {
    if (this.entries.size === 0) return store;
    const known = (await this.update.document.dict(store.get('VRI'))) ?? pdfDict({});
    let all = known;
    for (const [key, entry] of this.entries) all = this.replace(all, key, entry);
    return all === known ? store : this.replace(store, 'VRI', all);
  }

  /** Sets an entry of a dictionary; where it is an object of its own, that object changes and the dictionary does not. */
  private replace(dict: PdfDict, key: string, value: PdfValue): PdfDict {
    const place = dict.get(key);
    if (!isRef(place)) return withEntries(dict, { [key]: value });
    this.update.set(place, value);
    return dict;
  }
}

async function readList({ document }: IncrementalUpdate, value: PdfValue | undefined): Promise<List> {
  const known = await document.resolve(value);
  const items = isArray(known) ? known : [];
  const byDigest = new Map<string, PdfRef>();
  for (const item of items) {
    const bytes = isRef(item) ? await storedBytes(document, item) : null;
    if (bytes && isRef(item)) byDigest.set(hexOf(digestOf(document.crypto, 'sha256', bytes)), item);
  }
  return { known: items, byDigest, added: [] };
}
