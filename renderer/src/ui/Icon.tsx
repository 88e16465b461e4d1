const paths = {
  today: 'M3 5h18v16H3zM3 10h18M8 2v5M16 2v5M8 15l3 3 5-5',
  intake: 'M3 13h5l2 3h4l2-3h5M3 13v7h18v-7M3 13l3-9h12l3 9',
  incoming: 'M6 2h8l5 5v15H6zM14 2v5h5M12 10v8M9 15l3 3 3-3',
  outgoing: 'M6 2h8l5 5v15H6zM14 2v5h5M12 18v-8M9 13l3-3 3 3',
  meeting:
    'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM16 11a3 3 0 1 0 0-6M2 20c0-4 2.5-6 6-6s6 2 6 6M16 14c3.5 0 6 2 6 6',
  book: 'M4 4h7a2 2 0 0 1 2 2v15a2 2 0 0 0-2-2H4zM20 4h-5a2 2 0 0 0-2 2v15a2 2 0 0 1 2-2h5z',
  sync: 'M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5',
  settings:
    'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 2v4M12 18v4M2 12h4M18 12h4M5 5l3 3M16 16l3 3M5 19l3-3M16 8l3-3',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-5 3-7 8-7s8 2 8 7',
  chevronUp: 'M6 15l6-6 6 6',
  chevronDown: 'M6 9l6 6 6-6',
  chevronLeft: 'M15 6l-6 6 6 6',
  chevronRight: 'M9 6l6 6-6 6',
  fold: 'M4 4h16v16H4zM9 4v16M16 9l-3 3 3 3',
  unfold: 'M4 4h16v16H4zM9 4v16M13 9l3 3-3 3',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M4 12l6 6L20 6',
  warning: 'M12 3l10 18H2zM12 10v5M12 18v.5',
  info: 'M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20zM12 11v6M12 7v.5',
  file: 'M6 2h8l5 5v15H6zM14 2v5h5',
  image: 'M3 4h18v16H3zM3 17l6-6 5 5 3-3 4 4M15 9.5v.5',
  video: 'M3 5h13v14H3zM16 10l5-3v10l-5-3',
  download: 'M12 3v12M7 10l5 5 5-5M4 20h16',
  folder: 'M3 5h6l2 3h10v11H3z',
  rotate: 'M20 12a8 8 0 1 1-3-6l3 2M20 3v5h-5',
  fitWidth: 'M3 5v14M21 5v14M6 12h12M9 9l-3 3 3 3M15 9l3 3-3 3',
  fitPage: 'M6 3h12v18H6zM9 9l3-3 3 3M9 15l3 3 3-3',
  corner: 'M4 4h16v16H4zM4 12h8V4',
  signature: 'M3 17c3-8 6-12 8-10s-4 9-2 10 4-5 6-5-1 4 1 4 3-1 5-2M3 21h18',
  help: 'M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20zM9.5 9a2.5 2.5 0 1 1 3.5 2.5c-1 .5-1 1-1 2M12 17v.5',
  panes: 'M3 4h18v16H3zM9 4v16M16 4v16',
  print: 'M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z',
  lock: 'M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4',
} as const;

export type IconName = keyof typeof paths;

/** A line icon; always beside a word or inside a control that has a label of its own. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
