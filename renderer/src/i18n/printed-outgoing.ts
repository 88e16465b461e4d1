/** Wording of outgoing documents as they are printed: Vietnamese in every language of the screens. */
export const printedOutgoing = {
  letter: 'Công văn',
  /** Line after the bases of a resolution or decision (Phụ lục III, Mẫu 1.1 and 1.2). */
  enacting: { 'Nghị quyết': 'QUYẾT NGHỊ:', 'Quyết định': 'QUYẾT ĐỊNH:' } as Readonly<Record<string, string>>,
  archive: 'VP',
  head: 'CHỦ TỊCH',
  deputy: /^phó\s+(.+)$/iu,
  actingHead: /^(?:quyền\s|q\.)/iu,
  actingPrefix: /^(?:Q\.|QUYỀN)\s*/u,
  chair: /^chủ tịch/iu,
  article: /^(Điều\s+\d+[a-zđ]?\.)\s*(.*)$/u,
  heading: /^(?:[IVX]+|PHẦN\s+\S+)\.?\s+\S/u,
} as const;
