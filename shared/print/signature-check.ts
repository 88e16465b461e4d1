import { titleAtom } from './document';
import type { DocumentHead } from './document-types';
import { openPdf, type PrintFonts } from './faces';
import { type Atom, drawSections, numberInTopMargin } from './flow';
import { a4Portrait, textWidth } from './geometry';
import { letterheadAtom } from './letterhead';
import { type Measure, measureWith } from './lines';
import { paragraphAtoms } from './paragraphs';
import { type Table, tableAtoms } from './table';
import { printTexts } from './texts';

/** What was found, and what to do about it. */
export type CheckFinding = { readonly what: string; readonly todo: string };

/** One signature in words; '' for what is not known. */
export type CheckedSignatureText = {
  readonly title: string;
  readonly verdict: string;
  readonly issuer: string;
  readonly signer: string;
  readonly organisation: string;
  readonly time: string;
  readonly integrity: string;
  readonly validity: string;
  readonly period: string;
  readonly scope: string;
  readonly trust: string;
  readonly revocation: string;
  readonly changes: string;
  readonly level: string;
  readonly findings: readonly CheckFinding[];
};

/** Phiếu kiểm tra chữ ký số: the report on one file, with the fields of TT 15/2025 for verifying software. */
export type SignatureCheckSlip = {
  readonly superior: string;
  readonly issuer: string;
  readonly place: string;
  readonly date: string;
  readonly year: number;
  readonly fileName: string;
  readonly sha256: string;
  readonly checkedAt: string;
  readonly checkedBy: string;
  readonly verdict: string;
  readonly meaning: string;
  readonly findings: readonly CheckFinding[];
  readonly signatures: readonly CheckedSignatureText[];
  readonly createdAt?: string;
};

const column = { x: a4Portrait.left, width: textWidth(a4Portrait) };
const size = 13;
const tableSize = 11.5;

/** Sets the report. It is a paper of its own and never part of the document that was checked. */
export async function typesetSignatureCheck(
  slip: SignatureCheckSlip,
  fonts: PrintFonts,
): Promise<Uint8Array> {
  const texts = printTexts.signatureCheck;
  const { pdf, faces } = await openPdf(fonts, {
    title: texts.title,
    author: slip.issuer.replaceAll('\n', ' '),
    ...(slip.createdAt === undefined ? {} : { createdAt: slip.createdAt }),
  });
  const measure = measureWith(faces);
  const head: DocumentHead = { ...slip, number: null, symbol: '' };
  const running = { size, alignment: 'left' as const, gap: 4 };
  const atoms = [
    letterheadAtom(head, { withoutNumber: true }, column, measure, {}),
    { ...titleAtom(texts.title, '', column, measure, 22), keepNext: true },
    ...factTable(
      [
        [texts.file, slip.fileName],
        [texts.hash, slip.sha256.replace(/(.{16})(?=.)/gu, '$1 ')],
        [texts.checkedAt, slip.checkedAt],
        [texts.checkedBy, slip.checkedBy],
      ],
      measure,
    ),
    ...paragraphAtoms(
      [
        { text: `${texts.verdict} `, bold: true },
        { text: slip.verdict.toLocaleUpperCase('vi'), bold: true },
      ],
      column,
      { ...running, size: 14, gap: 12, keepNext: true },
      measure,
    ),
    ...paragraphAtoms(slip.meaning, column, running, measure),
    ...findingAtoms(slip.findings, measure),
    ...slip.signatures.flatMap((signature) => signatureAtoms(signature, measure)),
    ...paragraphAtoms(texts.note, column, { ...running, size: 11, gap: 14 }, measure),
  ];
  drawSections(pdf, faces, [{ geometry: a4Portrait, atoms, finishPage: numberInTopMargin(faces) }]);
  return pdf.save({ useObjectStreams: false });
}

function signatureAtoms(signature: CheckedSignatureText, measure: Measure): readonly Atom[] {
  const { labels } = printTexts.signatureCheck;
  const heading = [{ text: `${signature.title}: ${signature.verdict}`, bold: true }];
  const facts = (Object.keys(labels) as (keyof typeof labels)[]).map(
    (key) => [labels[key], signature[key]] as const,
  );
  return [
    ...paragraphAtoms(heading, column, { size, alignment: 'left', gap: 12, keepNext: true }, measure),
    ...factTable(facts, measure),
    ...findingAtoms(signature.findings, measure),
  ];
}

function factTable(facts: readonly (readonly [string, string])[], measure: Measure): readonly Atom[] {
  const texts = printTexts.signatureCheck;
  const table: Table = {
    columns: [
      { title: texts.columns[0], share: 38, alignment: 'left' },
      { title: texts.columns[1], share: 62, alignment: 'left' },
    ],
    rows: facts.map(([label, value]) => [label, value === '' ? texts.notKnown : value]),
  };
  return tableAtoms(table, { column, geometry: a4Portrait, size: tableSize, measure }, 6);
}

function findingAtoms(findings: readonly CheckFinding[], measure: Measure): readonly Atom[] {
  const { todo } = printTexts.signatureCheck;
  const style = { size: 12, alignment: 'justify' as const, gap: 3 };
  return findings.flatMap((finding) =>
    paragraphAtoms(
      [{ text: `- ${finding.what} ` }, { text: `${todo} ${finding.todo}`, italic: true }],
      column,
      style,
      measure,
    ),
  );
}
