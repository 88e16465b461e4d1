import type { ReactNode } from 'react';
import { ErrorNotice } from '../../ui';

/** A titled part of "Chữ ký của tôi". */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="cv-signing-part" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** What went wrong while loading and while importing, in this order; null for what did not. */
export function Failures({ errors }: { readonly errors: readonly unknown[] }) {
  return (
    <>
      {errors
        .filter((error) => error !== null)
        .map((error, index) => (
          <ErrorNotice key={index === 0 ? 'load' : 'import'} error={error} />
        ))}
    </>
  );
}
