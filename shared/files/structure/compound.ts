import { type ByteSource, viewOf } from '../bytes';

const endOfChain = 0xfffffffe;
/** Directories of office files are a few sectors long; more is damage or malice. */
const longestChain = 64;
const entryLength = 128;

/**
 * Lists the names in the directory of a compound file ([MS-CFB] 2.2 header, 2.6 directory), which is the
 * shell of .doc and .xls and of password-protected .docx and .xlsx. Follows a bounded number of sectors.
 */
export async function readCompoundNames(source: ByteSource): Promise<readonly string[]> {
  const header = await source.read(0, 512);
  if (header.length < 512) return [];
  const view = viewOf(header);
  const shift = view.getUint16(30, true);
  if (shift !== 9 && shift !== 12) return [];
  const sectorSize = 1 << shift;
  const names: string[] = [];
  let sector = view.getUint32(48, true);
  for (let steps = 0; sector < endOfChain && steps < longestChain; steps++) {
    const bytes = await source.read((sector + 1) * sectorSize, sectorSize);
    if (bytes.length < sectorSize) break;
    for (let at = 0; at < sectorSize; at += entryLength) names.push(entryName(bytes, at));
    sector = await nextSector(source, header, sector, sectorSize);
  }
  return names.filter((name) => name !== '');
}

function entryName(bytes: Uint8Array, at: number): string {
  const view = viewOf(bytes);
  const length = Math.min(32, view.getUint16(at + 64, true) / 2) - 1;
  let name = '';
  for (let i = 0; i < length; i++) name += String.fromCharCode(view.getUint16(at + i * 2, true));
  return name;
}

async function nextSector(
  source: ByteSource,
  header: Uint8Array,
  sector: number,
  sectorSize: number,
): Promise<number> {
  const perSector = sectorSize / 4;
  const slot = Math.floor(sector / perSector);
  if (slot >= 109) return endOfChain;
  const fatSector = viewOf(header).getUint32(76 + slot * 4, true);
  const cell = await source.read((fatSector + 1) * sectorSize + (sector % perSector) * 4, 4);
  return cell.length < 4 ? endOfChain : viewOf(cell).getUint32(0, true);
}
