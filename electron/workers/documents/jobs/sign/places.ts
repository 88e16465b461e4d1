import {
  type ByteSource,
  type DateBlanks,
  findSignaturePlaces,
  type Placement,
  type SignaturePlaces,
} from '@shared/signing';
import { readTextItems } from '../../../../signing/text-items';

export type PlacesSought = {
  readonly signerName: string;
  /** Lines above the signature; the last one stands above the name. */
  readonly title: readonly string[];
  readonly sealMm: number;
};

export type PlacesFound = Pick<SignaturePlaces, 'personSignature' | 'organSignature'> & {
  readonly numberField: Placement | null;
  readonly dateField: DateBlanks | null;
};

/** Larger files are not searched for blanks: they get a signing page. */
const largestSearched = 64 * 1024 * 1024;

/**
 * Finds in the text of a draft where number, date and signatures belong. A number or date that is printed already is
 * another document's: ours go on the signing page.
 */
export async function searchPlaces(source: ByteSource, sought: PlacesSought): Promise<PlacesFound> {
  if (source.size > largestSearched) {
    return { numberField: null, dateField: null, personSignature: null, organSignature: null };
  }
  const pages = await readTextItems(await source.read(0, source.size));
  const found = findSignaturePlaces(pages, {
    title: sought.title.at(-1) ?? '',
    name: sought.signerName,
    sealDiameter: sought.sealMm,
  });
  return {
    ...found,
    numberField: found.numberField === 'printed' ? null : found.numberField,
    dateField: found.dateField === 'printed' ? null : found.dateField,
  };
}
