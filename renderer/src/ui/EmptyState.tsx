import type { ReactNode } from 'react';

/** One sentence on what will appear here, and what makes the first one. */
export function EmptyState({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="cv-empty">
      <p className="cv-empty-title">{title}</p>
      {hint === undefined ? null : <p className="cv-soft">{hint}</p>}
      {children}
    </div>
  );
}
