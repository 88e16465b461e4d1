import { ParseSpeeds, PDFDocument, type PDFPage } from '@cantoo/pdf-lib';
import { type Faces, openPdf, type PrintFonts } from '../faces';
import { drawSections } from '../flow';
import { printTexts } from '../texts';
import { writeAttachments } from './attachments';
import {
  type AgendaRow,
  type ContentsItem,
  frontPageCount,
  frontSections,
  stationSection,
} from './front-matter';
import { addImagePage } from './image-page';
import { type OutlineEntry, writeOutline } from './outline';
import type {
  AssembledPack,
  PackAgendaItem,
  PackedPaper,
  PackMeeting,
  PackPaper,
  PackProblem,
  PackProblemCode,
} from './pack-types';
import { addFooter } from './page-footer';
import { openPaper, type PaperSource } from './paper-source';

const texts = printTexts.pack;

type OpenedPaper = { readonly paper: PackPaper; source: PaperSource; pages: number };
type Item = PackAgendaItem & { readonly label: string; readonly papers: readonly OpenedPaper[] };

/** Papers by agenda item in the order of the agenda; papers of no known item follow under a last one. */
function groupByItem(meeting: PackMeeting, opened: readonly OpenedPaper[]): readonly Item[] {
  const known = new Set(meeting.agenda.map((item) => item.id));
  const strays = opened.filter(({ paper }) => !known.has(paper.agendaItemId));
  const items = meeting.agenda.map((item) => ({
    ...item,
    papers: opened.filter(({ paper }) => paper.agendaItemId === item.id),
  }));
  const other = { id: '', title: texts.otherPapers, presenter: '', minutes: 0, papers: strays };
  return [...items, ...(strays.length === 0 ? [] : [other])].map((item, index) => ({
    ...item,
    label: `${index + 1}. ${item.title}`,
  }));
}

function contentsOf(
  items: readonly Item[],
  firstPages: ReadonlyMap<OpenedPaper, number>,
): readonly ContentsItem[] {
  return items.map((item) => ({
    title: item.title,
    presenter: item.presenter,
    minutes: item.minutes,
    papers: item.papers.map((opened) => ({ title: opened.paper.title, page: firstPages.get(opened) ?? 0 })),
  }));
}

/** First page (from 1) of every paper when the front matter takes `front` pages. */
function countPages(
  items: readonly Item[],
  front: number,
): { firstPages: Map<OpenedPaper, number>; total: number } {
  const firstPages = new Map<OpenedPaper, number>();
  let total = front;
  for (const opened of items.flatMap((item) => item.papers)) {
    firstPages.set(opened, total + 1);
    total += opened.pages;
  }
  return { firstPages, total };
}

/** Copies the pages of a paper into a document of their own kind; a failure here is the file's, not ours. */
async function tryCopy(opened: OpenedPaper): Promise<void> {
  const trial = await PDFDocument.create({ updateMetadata: false });
  const { source } = opened;
  try {
    if (source.kind === 'pages') await trial.copyPages(source.source, source.source.getPageIndices());
    if (source.kind === 'image') {
      await addImagePage(trial, source.format, source.bytes);
      await trial.flush();
    }
  } catch {
    // Reported through the problem page and the list of problems.
    opened.source = { kind: 'problem', code: 'FILE_BROKEN' };
    opened.pages = 1;
  }
}

async function openAll(papers: readonly PackPaper[]): Promise<readonly OpenedPaper[]> {
  const all: OpenedPaper[] = [];
  for (const paper of papers) {
    const source = await openPaper(paper);
    const opened = { paper, source, pages: source.kind === 'pages' ? source.count : 1 };
    await tryCopy(opened);
    all.push(opened);
  }
  return all;
}

function problemOf(opened: OpenedPaper): PackProblemCode | undefined {
  return opened.source.kind === 'problem' ? opened.source.code : undefined;
}

function drawStation(pdf: PDFDocument, faces: Faces, item: Item, opened: OpenedPaper): void {
  const { paper } = opened;
  const problem = problemOf(opened);
  const section = stationSection(
    {
      heading: problem === undefined ? texts.filePage : texts.problemPage,
      title: paper.title,
      lines: [
        [texts.item, item.label],
        [texts.file, paper.fileName],
        [texts.hash, paper.sha256],
      ],
      notes: [
        texts.reasons[problem ?? 'FILE_TYPE_UNSUPPORTED'],
        paper.bytes === null ? texts.notAttached : texts.attached,
      ],
    },
    faces,
  );
  drawSections(pdf, faces, [section]);
}

async function addPaperPages(pdf: PDFDocument, faces: Faces, item: Item, opened: OpenedPaper): Promise<void> {
  const { source } = opened;
  if (source.kind === 'pages') {
    const pages = await pdf.copyPages(source.source, source.source.getPageIndices());
    for (const page of pages) pdf.addPage(page);
  } else if (source.kind === 'image') await addImagePage(pdf, source.format, source.bytes);
  else drawStation(pdf, faces, item, opened);
}

/** Makes the rows of the agenda open their pages. */
function linkAgenda(pdf: PDFDocument, rows: readonly AgendaRow[]): void {
  for (const { place, target } of rows) {
    const link = pdf.context.obj({
      Type: 'Annot',
      Subtype: 'Link',
      Rect: [place.x, place.y, place.x + place.width, place.y + place.height],
      Border: [0, 0, 0],
      Dest: [pdf.getPage(target - 1).ref, 'XYZ', null, null, null],
    });
    pdf.getPage(place.page).node.addAnnot(pdf.context.register(link));
  }
}

function footPages(
  pdf: PDFDocument,
  faces: Faces,
  meeting: PackMeeting,
  items: readonly Item[],
  firstPages: ReadonlyMap<OpenedPaper, number>,
): void {
  const pages: readonly PDFPage[] = pdf.getPages();
  const label = new Map<number, string>();
  for (const item of items) {
    for (const opened of item.papers) {
      const first = firstPages.get(opened) ?? 0;
      for (let page = first; page < first + opened.pages; page += 1) label.set(page, item.label);
    }
  }
  pages.forEach((page, index) => {
    if (index === 0) return;
    const right = printTexts.page(index + 1, pages.length);
    addFooter(page, faces, { left: label.get(index + 1) ?? meeting.title, right });
  });
}

function outlineOf(
  items: readonly Item[],
  firstPages: ReadonlyMap<OpenedPaper, number>,
): readonly OutlineEntry[] {
  const agendaPage = 1;
  return items.map((item) => {
    const children = item.papers.map((opened) => ({
      title: opened.paper.title,
      page: (firstPages.get(opened) ?? 1) - 1,
      children: [],
    }));
    return { title: item.label, page: children[0]?.page ?? agendaPage, children };
  });
}

function attachmentsOf(items: readonly Item[]) {
  return items.flatMap((item) =>
    item.papers.flatMap(({ paper }) =>
      paper.bytes === null || paper.bytes.length === 0
        ? []
        : [
            {
              name: paper.fileName,
              mime: paper.mime,
              bytes: paper.bytes,
              description: `${item.label} - ${paper.title} - SHA-256 ${paper.sha256}`,
            },
          ],
    ),
  );
}

/**
 * Assembles the pack of a meeting as one PDF: cover, agenda with page numbers, the pages of every paper with
 * continuous numbers and the item's name in the footer, bookmarks agenda → papers, originals attached byte
 * for byte. A paper that cannot be imported gets a page that says so and is listed in `problems`; it never
 * stops the rest.
 */
export async function assemblePack(
  meeting: PackMeeting,
  papers: readonly PackPaper[],
  fonts: PrintFonts,
): Promise<AssembledPack> {
  const opened = await openAll(papers);
  const items = groupByItem(meeting, opened);
  const { pdf, faces } = await openPdf(fonts, {
    title: `${texts.title} - ${meeting.title}`,
    author: meeting.issuer.replaceAll('\n', ' '),
    ...(meeting.createdAt === undefined ? {} : { createdAt: meeting.createdAt }),
  });
  const draft = frontSections(meeting, contentsOf(items, new Map()), '', faces);
  const { firstPages, total } = countPages(items, frontPageCount(draft));
  const summary = `${texts.version(meeting.version)}: ${texts.contents(papers.length, total)}`;
  const rows: AgendaRow[] = [];
  const front = frontSections(meeting, contentsOf(items, firstPages), summary, faces, (row) =>
    rows.push(row),
  );
  drawSections(pdf, faces, front);
  for (const item of items) {
    for (const paper of item.papers) await addPaperPages(pdf, faces, item, paper);
  }
  linkAgenda(pdf, rows);
  footPages(pdf, faces, meeting, items, firstPages);
  writeOutline(pdf, outlineOf(items, firstPages));
  writeAttachments(pdf, attachmentsOf(items));
  const bytes = await pdf.save({ useObjectStreams: true, objectsPerTick: ParseSpeeds.Fastest });
  const packed = items.flatMap((item) =>
    item.papers.map(
      (each): PackedPaper => ({
        title: each.paper.title,
        agendaItemId: each.paper.agendaItemId,
        firstPage: firstPages.get(each) ?? 0,
        pages: each.pages,
      }),
    ),
  );
  const problems = opened.flatMap((each): readonly PackProblem[] => {
    const code = problemOf(each);
    return code === undefined ? [] : [{ title: each.paper.title, fileName: each.paper.fileName, code }];
  });
  return { pdf: bytes, pages: total, papers: packed, problems };
}
